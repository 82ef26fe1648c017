/** How many numbers the router keeps for one publisher. */
const MAX_NUMBERS = 4_096;

/** The numbers of the topics under which an endpoint publishes. */
export class Numbers {
  private readonly _numbers = new Map<string, number>();

  /** `_name` gives a topic a number in the router. The topic that had the number has none any more. */
  constructor(private readonly _name: (number: number, topic: string) => void) {}

  of(topic: string): number {
    const { _numbers: numbers } = this;
    const known = numbers.get(topic);
    if (known !== undefined) return known;
    const number = this._free();
    this._name(number, topic);
    numbers.set(topic, number);
    return number;
  }

  /** The router has a new endpoint: names all topics again. */
  again() {
    this._numbers.forEach(this._name);
  }

  /** The next number, or that of the topic that got its number first. */
  private _free(): number {
    const { _numbers: numbers } = this;
    if (numbers.size < MAX_NUMBERS) return numbers.size;
    const [[topic, number]] = numbers as unknown as [[string, number]];
    numbers.delete(topic);
    return number;
  }
}
