namespace Cinnabar.Ledger;

/// <summary>Decides whether an entry may enter the log: signature, key, canonical form, whatever the court demands.</summary>
/// <param name="entry">The bytes that would be logged. Must not be kept.</param>
/// <returns>Null to let it in, otherwise why not.</returns>
/// <remarks>Called by several threads at once, in no order, before the entry has an index. An exception is given to the one who appended, and the entry does not enter.</remarks>
public delegate EntryRefusal? EntryPolicy(ReadOnlyMemory<byte> entry);
