import { checkMatrix, type CheckedMatrix } from '../pipelines/5-respond/check-matrix.ts';
import { buildMatrix, type Matrix } from '../pipelines/5-respond/matrix.ts';
import type { Account } from '../pipelines/domain/account.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { MatrixStore } from '../pipelines/ports/matrix-store.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';

interface Built {
  readonly last: number;
  readonly accounts: readonly Account[];
  readonly matrix: Matrix;
  checked?: CheckedMatrix;
}

/**
 * The matrix in force. Each question first looks whether the store has a newer change, also one that another process made, so an edit
 * counts from the next suggestion on and nothing has to be restarted.
 */
export class MatrixNow {
  readonly #store: MatrixStore;
  readonly #names: RegionNames;
  readonly #home: RegionCode | undefined;
  #built: Built | undefined;

  constructor(store: MatrixStore, names: RegionNames, home: RegionCode | undefined) {
    this.#store = store;
    this.#names = names;
    this.#home = home;
  }

  #now(): Built {
    const last = this.#store.last();
    if (this.#built?.last === last) return this.#built;
    const accounts = this.#store.accounts();
    this.#built = { last, accounts, matrix: buildMatrix(accounts, this.#home) };
    return this.#built;
  }

  get matrix(): Matrix {
    return this.#now().matrix;
  }

  get accounts(): readonly Account[] {
    return this.#now().accounts;
  }

  /** The n of the newest change that is counted in. */
  get last(): number {
    return this.#now().last;
  }

  get checked(): CheckedMatrix {
    const built = this.#now();
    built.checked ??= this.check(built.accounts);
    return built.checked;
  }

  /** Accounts as they would be, judged by the same rules. */
  check(accounts: readonly Account[]): CheckedMatrix {
    return checkMatrix(accounts, { names: this.#names, home: this.#home });
  }

  /** Retired ones too: old alerts and files still name them. */
  account(id: string): Account | undefined {
    return this.matrix.byId.get(id) ?? this.#store.known(id);
  }
}
