/** One chat on one account of one platform. Ids are opaque strings: nobody reads meaning out of their shape. */
export interface Address {
  /** Platform name, such as `web` or `telegram`. */
  readonly platform: string;
  /** The bot's own account on that platform; one installation may run several. */
  readonly account: string;
  /** The chat's id as the platform gives it. */
  readonly chat: string;
}
