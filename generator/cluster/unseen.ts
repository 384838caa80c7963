/** The cluster did not show what was asked for. Whatever a check would have said is unknown: never ok, and no finding. */
export class Unseen extends Error {
  readonly remedy: string;

  constructor(why: string, remedy: string) {
    super(why);
    this.name = 'Unseen';
    this.remedy = remedy;
  }
}

/** There was no answer in time. */
export class Unanswered extends Unseen {}
