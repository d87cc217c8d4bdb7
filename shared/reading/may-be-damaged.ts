const names = 'alpha|beta|gamma|delta|epsilon|eta|theta|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega|ell';
const traces = new RegExp(
  [
    '[_^|{]',
    String.raw`[\w)](?:pm|times|sim)(?![a-z])`,
    String.raw`\b(?:pm|sim)\d`,
    String.raw`\b(?:approx|simeq|sim|log|ln|pm|times|gg|ll|leq|geq|neq|lesssim|gtrsim|propto|equiv|subset|circ)\b`,
    String.raw`\bin [[({]|\b[A-Za-z]{1,8}\(|\([a-z]+, [a-z]+\)-`,
    'math(?:cal|bb|bf|rm|frak|sf|scr|it|tt)|sqrt|frac|infty|nabla|cdot|ldots|otimes|oplus|subseteq',
    '(?:left|right|up|down|near|sear)arrow|mapsto|langle|lfloor|lceil|var(?:epsilon|phi|theta|rho|sigma|pi)',
    String.raw`(?:${names})(?:\s?[=<>≤≥]|\()`,
    String.raw`[\d)](?:${names})`,
    String.raw`\\(?:math|frac|sqrt|times|pm|leq|geq|${names}|[A-Z][a-z]{1,6})`,
  ].join('|'),
);

/**
 * True for a text that could be found damaged by `damagedMathematics`: of any other, there is nothing to repair. A quick
 * look, so that what is sound need not wait for the code that repairs.
 */
export function mayBeDamaged(source: string): boolean {
  return traces.test(source);
}
