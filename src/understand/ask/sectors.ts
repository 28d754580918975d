/** The ten sectors of what a community runs. */
export type Sector =
  'party' | 'elderly' | 'women' | 'youth' | 'specialNeeds' | 'volunteering' | 'festivals' | 'organisations' | 'committee' | 'commons';

const words: readonly (readonly [Sector, RegExp])[] = [
  ['party', /党员|党建|党日|党支部|party members?/i],
  ['commons', /共益堂|commons hall/i],
  ['committee', /(?:社区)?两委|居委会|居民会议|议事会|residents'? committee/i],
  ['organisations', /(?:社区)?社会组织|社区组织|social organi[sz]ations?/i],
  ['volunteering', /志愿者?(?:服务)?|义工|volunteer(?:s|ing)?/i],
  ['specialNeeds', /残疾人?|残障人?士?|助残|特殊(?:人群|群体|儿童)|people with disabilities|special needs/i],
  ['elderly', /老年人?|老人家?|长者|爷爷奶奶|夕阳(?:红|老)?|为老|(?:the )?elderly|seniors?|older people/i],
  ['women', /妇女|女性|女士|巾帼|women/i],
  ['festivals', /大型节日|节日|festivals?/i],
  ['youth', /儿童青少年|青少年|少年儿童|少年|儿童|小朋友|孩子们?|小孩|娃娃?|学生|kids|children|child|teens|teenagers/i],
];

/** The sector that a question names, with its words. */
export function findSector(text: string): { readonly sector: Sector; readonly words: string } | undefined {
  for (const [sector, pattern] of words) {
    const found = pattern.exec(text);
    if (found !== null) return { sector, words: found[0] };
  }
  return undefined;
}
