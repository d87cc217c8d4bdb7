/** Prefixes and units of the LaTeX package siunitx, as they are written. */
const units: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ yocto: 'y', zepto: 'z', atto: 'a', femto: 'f', pico: 'p', nano: 'n', micro: 'µ', milli: 'm', centi: 'c' },
    ...{ deci: 'd', deca: 'da', hecto: 'h', kilo: 'k', mega: 'M', giga: 'G', tera: 'T', peta: 'P', exa: 'E' },
    ...{ meter: 'm', metre: 'm', gram: 'g', kilogram: 'kg', second: 's', ampere: 'A', kelvin: 'K', mole: 'mol' },
    ...{ candela: 'cd', hertz: 'Hz', newton: 'N', pascal: 'Pa', joule: 'J', watt: 'W', coulomb: 'C', volt: 'V' },
    ...{ farad: 'F', ohm: 'Ω', siemens: 'S', weber: 'Wb', tesla: 'T', henry: 'H', lumen: 'lm', lux: 'lx' },
    ...{ becquerel: 'Bq', gray: 'Gy', sievert: 'Sv', katal: 'kat', radian: 'rad', steradian: 'sr', celsius: '°C' },
    ...{ degreeCelsius: '°C', degree: '°', arcminute: '′', arcsecond: '″', minute: 'min', hour: 'h', day: 'd' },
    ...{ litre: 'l', liter: 'L', tonne: 't', bar: 'bar', dalton: 'Da', electronvolt: 'eV', angstrom: 'Å' },
    ...{ astronomicalunit: 'au', parsec: 'pc', lightyear: 'ly', decibel: 'dB', percent: '%', byte: 'B', bit: 'bit' },
    ...{ nm: 'nm', um: 'µm', mm: 'mm', cm: 'cm', km: 'km', kg: 'kg', mg: 'mg', ms: 'ms', ns: 'ns', fs: 'fs', ps: 'ps' },
    ...{ eV: 'eV', keV: 'keV', MeV: 'MeV', GeV: 'GeV', TeV: 'TeV', Hz: 'Hz', kHz: 'kHz', MHz: 'MHz', GHz: 'GHz' },
    ...{ THz: 'THz', K: 'K', mK: 'mK', T: 'T', V: 'V', W: 'W', kW: 'kW', MW: 'MW', Pa: 'Pa', dB: 'dB' },
  }),
);

const prefixes =
  /^(?:yocto|zepto|atto|femto|pico|nano|micro|milli|centi|deci|deca|hecto|kilo|mega|giga|tera|peta|exa)$/;
const powers: ReadonlyMap<string, string> = new Map([
  ['squared', '2'],
  ['cubed', '3'],
]);

/**
 * A unit as siunitx takes it (`\kilo\metre\per\second\squared`), as LaTeX that needs no package. What is written out
 * stays so.
 */
export function unitLatex(unit: string): string {
  let out = '';
  let isInverse = false;
  let power = '';
  for (const [, name, plain] of unit.matchAll(/\\([a-zA-Z]+)\s*|([^\\]+)/g)) {
    if (name === 'per') isInverse = true;
    else if (name === 'square' || name === 'cubic') power = name === 'square' ? '2' : '3';
    else if (name !== undefined && powers.has(name)) out += `^{${powers.get(name)}}`;
    else if (name !== undefined && prefixes.test(name)) out += `\\mathrm{${units.get(name)}}`;
    else {
      const shown = name === undefined ? (plain ?? '').replaceAll('.', '\\,') : (units.get(name) ?? name);
      const raised = `${isInverse ? '-' : ''}${power || (isInverse ? '1' : '')}`;
      out += `\\mathrm{${shown.replaceAll('%', '\\%')}}${raised === '' ? '' : `^{${raised}}`}\\,`;
      isInverse = false;
      power = '';
    }
  }
  return out.replace(/\\,$/, '').replaceAll('\\,^', '^');
}

/** A number as siunitx takes it: `1e5` is a power of ten, `1.2 \pm 0.1` and `1 x 2` as they are read. */
export function numberLatex(number: string): string {
  return number
    .replaceAll(/\s*(?:\+-|\\pm)\s*/g, '\\pm ')
    .replaceAll(/\s*x\s*/g, '\\times ')
    .replace(/^\s*[eE]([+-]?\d+)\s*$/, '10^{$1}')
    .replaceAll(/(\d)\s*[eE]\+?(-?\d+)/g, '$1\\times 10^{$2}');
}
