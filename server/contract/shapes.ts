import Type from 'typebox';

/** What the schemas of the contract are made of. Times are ISO 8601 in UTC; screens show them in Asia/Shanghai. */
export const strict = { additionalProperties: false } as const;

/** A list of words as one enum: a union built by map has no static type (it comes out as never), and is slower to write out. */
export const oneOf = <T extends readonly string[]>(words: T) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...words] }));

export const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Time = Type.String({ format: 'date-time' });

/** The code of a division, a street or a village. */
export const Region = Type.String({ pattern: '^(\\d{6}|\\d{9}|\\d{12})$' });
