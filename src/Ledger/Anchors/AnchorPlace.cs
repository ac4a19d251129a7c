namespace Cinnabar.Ledger.Anchors;

/// <summary>A record where an engine says it stands. Nothing of it has been judged: the court's own book does.</summary>
/// <param name="Position">The engine's own order, above 0, strictly increasing (SQLite: row; etcd: create revision; EVM: block · 2^20 + log index).</param>
/// <param name="Record">The bytes as the engine shows them; <see cref="Anchor.LengthBytes"/> of them when whoever wrote them was honest.</param>
/// <param name="Reference">What a person gives to somebody who wants to look it up: row, key and revision, transaction hash. At most 200 characters.</param>
public readonly record struct AnchorPlace(long Position, ReadOnlyMemory<byte> Record, string Reference);
