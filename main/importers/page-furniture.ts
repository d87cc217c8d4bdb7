/** Lines that only a Daily Papers page has. */
const signatures: readonly RegExp[] = [
  /^daily papers$/i,
  /^by AK and the (?:research )?community$/i,
  /^get trending papers in your email inbox( once a day)?!?$/i,
  /^submitted by(?: +\S+)?$/i,
  /^·? *(?:and )?\d+ authors?(?: *·)?$/i,
  /^trending papers$/i,
];

/** Other lines of the page that are neither title nor abstract. */
const furniture: readonly RegExp[] = [
  ...signatures,
  /^(?:new|subscribe|upvote|daily|weekly|monthly|yearly|today|yesterday|previous|next|back|load more|show more|view all|see all|search|menu|sort|filter|share|login|log in|sign up|sign in|join|new!)$/i,
  /^(?:hugging face|huggingface|models?|datasets?|spaces?|buckets?|posts?|docs|documentation|solutions|enterprise|pricing|community|papers|collections|inference (?:endpoints|api)|hf (?:posts|daily papers))(?: new)?$/i,
  /^(?:system theme|light theme|dark theme|theme|company|tos|terms|terms of service|privacy|privacy policy|about|jobs|careers|website|blog|learn|forum|discord|github|twitter|contact|status|help|faq|cookies?|sitemap|rss|newsletter)$/i,
  /^(?:view|read|open)(?: the)? (?:arxiv page|pdf|paper|on arxiv|abstract)$/i,
  /^(?:by|AK|and the (?:research )?community|search (?:by|for|papers|any paper).{0,40}|submit a paper)$/i,
  /^(?:pdf|html|arxiv|abstract|code|project(?: page)?|demo|video|arxiv page)$/i,
  /^(?:add to collection|copy link|expand|collapse|skip to (?:main )?content|toggle navigation|read more|more|\.\.\.|…)$/i,
  /^(?:no abstract(?: available)?|abstract (?:not available|unavailable|missing))\.?$/i,
  /^[\p{P}\p{S}\s\d]+[kKmM%]?$/u,
  /^\+? ?[\d.,]+ ?[kKmM]?(?: (?:upvotes?|votes?|comments?|likes?|stars?|views?|replies))?$/i,
  /^·? ?featured in daily papers\b.{0,30}$/i,
  /^(?:published|updated|added|posted|submitted)(?: on)?:? .{0,12}\d.{0,14}$/i,
  /^(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:,? .{0,20})?$/i,
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:,? \d{4})?$/i,
  /^\d{1,2}\.? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}\.?(?:,? \d{4})?$/i,
  /^\d{4}-\d{2}-\d{2}$/,
  /^(?:about )?(?:\d+|an?) (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?) ago$/i,
  /^(?:github|gh|code|project page|arxiv|🤗|huggingface)(?: *[·:•-])? *[\d.,]+[kKmM]?$/iu,
  /^(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d+)?$/i,
  /^https?:\/\/\S+$/,
  /^(?:©|\(c\)|copyright\b).{0,60}$/i,
];

/** True for a line that is known to be part of the page around the papers. */
export function isFurniture(text: string): boolean {
  return text.length <= 120 && furniture.some((pattern) => pattern.test(text));
}

/** True for a line that tells a Daily Papers page. */
export function isSignature(text: string): boolean {
  return text.length <= 60 && signatures.some((pattern) => pattern.test(text));
}

/** True when the line after this one is a person's name and nothing of the paper's. */
export function announcesName(text: string): boolean {
  return /^submitted by:?$/i.test(text);
}

/** True for a line like "12 authors", which stands right under a title. */
export function followsTitle(text: string): boolean {
  return /^·? *(?:and )?\d+ authors?(?: *·)?$/i.test(text);
}
