/** Label selectors as `oc get -l` takes them: `a=b,c!=d,e,!f`. */
export function selects(selector: string, labels: Readonly<Record<string, unknown>>): boolean {
  return selector
    .split(',')
    .filter(Boolean)
    .every(part => {
      const [, key, sign, value] = /^([^=!]+)(!=|==?)(.*)$/.exec(part) ?? [];
      if (key === undefined)
        return part.startsWith('!') ? !Object.hasOwn(labels, part.slice(1)) : Object.hasOwn(labels, part);
      return sign === '!=' ? labels[key] !== value : labels[key] === value;
    });
}
