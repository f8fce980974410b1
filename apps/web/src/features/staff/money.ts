/** An amount as the reader writes it. `minorUnits`: smallest units of the currency. */
export function moneyText(
  { minorUnits, currency }: { readonly minorUnits: number; readonly currency: string },
  locale: string,
): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  return format.format(minorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
