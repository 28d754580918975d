import { between, matchAt, numberOf } from './dates/scan.js';

/** Ages in whole years that a stage of school means, both inclusive. */
export interface GradeAges {
  readonly min: number;
  readonly max: number;
  readonly to: number;
}

// School begins at six, and a class has two ages: whoever turned six by the end of August, and turns seven during the year.
const firstGrade = 6;
const gradeNumber = '([一二三四五六七八九1-9])';
const grades = new RegExp(`(?:小学)?${gradeNumber}(?:年级)?(?:${between}|[、,和及])(?:小学)?${gradeNumber}年级`, 'y');
const oneGrade = new RegExp(`(?:小学)?${gradeNumber}年级(?:(及?以上)|(及?以下))?`, 'y');
const stages: readonly (readonly [RegExp, number, number])[] = [
  [/学龄前(?:儿童|宝宝)?/y, 3, 6],
  [/幼儿园(?:小朋友|孩子|宝宝|儿童)/y, 3, 6],
  [/中小学生/y, 6, 18],
  [/小学(?:低年级)(?:学生|孩子)?/y, 6, 9],
  [/小学(?:高年级)(?:学生|孩子)?/y, 9, 12],
  [/小学生/y, 6, 12],
  [/初中生/y, 12, 15],
  [/高中生/y, 15, 18],
  [/中学生/y, 12, 18],
  [/(?<![a-z])(?:primary|elementary)[- ]school (?:students|pupils|children|kids)(?![a-z])/iy, 6, 12],
  [/(?<![a-z])(?:secondary|middle|high)[- ]school students(?![a-z])/iy, 12, 18],
];
const englishGrades = /(?<![a-z])grades?\s([1-9])(?:\s?(?:-|to|–)\s?([1-9]))?(?!\d)/iy;

/** The ages of a stage or a class of school that stands exactly at a place of a folded text; whoever uses them asks staff. */
export function gradesAt(text: string, at: number): GradeAges | undefined {
  const of = (from: number | undefined, to: number | undefined, length: number): GradeAges | undefined =>
    from === undefined || to === undefined || from > to ? undefined : { min: from + firstGrade - 1, max: to + firstGrade, to: at + length };
  const range = matchAt(grades, text, at);
  if (range !== undefined) return of(numberOf(range[1]), numberOf(range[2]), range[0].length);
  const one = matchAt(oneGrade, text, at);
  const grade = numberOf(one?.[1]);
  if (one !== undefined && grade !== undefined) {
    if (one[2] !== undefined) return of(grade, Math.max(grade, 6), one[0].length);
    return of(one[3] === undefined ? grade : 1, grade, one[0].length);
  }
  const words = matchAt(englishGrades, text, at);
  if (words !== undefined) return of(Number(words[1]), Number(words[2] ?? words[1]), words[0].length);
  for (const [pattern, min, max] of stages) {
    const found = matchAt(pattern, text, at);
    if (found !== undefined) return { min, max, to: at + found[0].length };
  }
  return undefined;
}
