/** Runs one database call. It is lazy: the query starts when the call is awaited. */
export type RunCall = (call: () => PromiseLike<unknown>) => Promise<unknown>;

type Method = (...args: unknown[]) => unknown;

/** Leads every database call of a Prisma client, its model delegates and their fluent results, through `run`. */
export function watchCalls<T extends object>(client: T, run: RunCall): T {
  return new Proxy(client, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key, object);
      if (isFunction(value)) return watchFunction(object, value, run);
      // A model delegate. Names that begin with $ or _ are Prisma's own.
      if (typeof value === 'object' && value !== null && typeof key === 'string' && /^[a-z]/.test(key)) return watchDelegate(value, run);
      return value;
    },
  });
}

function watchDelegate(delegate: object, run: RunCall): object {
  return new Proxy(delegate, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key, object);
      return isFunction(value) ? watchFunction(object, value, run) : value;
    },
  });
}

function watchFunction(owner: object, method: Method, run: RunCall) {
  return (...args: unknown[]): unknown => {
    const result: unknown = Reflect.apply(method, owner, args);
    return isThenable(result) ? watchPromise(result, run) : result;
  };
}

function watchPromise(promise: PromiseLike<unknown>, run: RunCall): object {
  // A query runs once however often its promise is awaited, and so it is counted once.
  let running: Promise<unknown> | undefined;
  const started = (): Promise<unknown> => (running ??= run(() => promise));
  return new Proxy(promise, {
    get(object, key) {
      if (key === 'then' || key === 'catch' || key === 'finally') {
        const promised = started();
        return promised[key].bind(promised);
      }
      const value: unknown = Reflect.get(object, key, object);
      return isFunction(value) ? watchFunction(object, value, run) : value;
    },
  });
}

const isFunction = (value: unknown): value is Method => typeof value === 'function';

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
