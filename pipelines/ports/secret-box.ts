/** Keeps secrets so that a copied database does not give them away. Sealing the same text twice gives two different results. */
export interface SecretBox {
  seal(text: string): string;
  /** @throws Error where it was changed, or sealed by another deployment */
  open(sealed: string): string;
}
