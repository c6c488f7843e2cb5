import { RawTokenKey } from "../pkg/gridcore_wasm.js";
import { Handle, held } from "./handle.js";
import type { FieldKind } from "./roster-rows.js";
import type { TextColumn, NumberColumn } from "./rows.js";

/** What a token is made with. */
export type TokenAlgorithm = "hmac_sha256" | "hmac_sm3";

/** A column of tokens. */
export interface TokenColumn {
  /** The token of each row; null where the cell is empty or can't be read. */
  tokens: (string | null)[];
  /** Rows whose cell holds no value of its kind. */
  unreadable: number[];
  /** Rows whose number came as floating point and is too long for it. */
  lost_digits: number[];
}

/**
 * A secret key from which tokens are made; it has no default and cannot be saved.
 *
 * Whoever has the key can find out whose a token is by trying all identity numbers: give it only to the offices that are
 * to compare their lists.
 */
export class TokenKey extends Handle {
  /** @param bytes 16 bytes or more, best 32 from a random source */
  constructor(bytes: Uint8Array) {
    super(new RawTokenKey(bytes));
  }

  /** The token of one value, after it is brought into one form; null if there is no value of that kind in the text. */
  token(value: string, kind: FieldKind, options?: { algorithm?: TokenAlgorithm | undefined }): string | null {
    return held<RawTokenKey>(this).token(value, kind, options?.algorithm);
  }

  /** The tokens of a column, after its values are brought into one form. */
  tokenize(column: TextColumn | NumberColumn, kind: FieldKind, options?: { algorithm?: TokenAlgorithm | undefined }): TokenColumn {
    return held<RawTokenKey>(this).tokenize(column, kind, options?.algorithm);
  }

  /** A text by which two offices find out whether they have the same key, without showing it. */
  get checkValue(): string {
    return held<RawTokenKey>(this).checkValue();
  }
}
