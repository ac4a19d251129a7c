using Cinnabar.Evidence.Receipts;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Evidence.Packs;

/// <summary>A statement that goes into a pack, with the receipt that proves its place in the log.</summary>
public sealed record PackStatement(Statement Statement, Receipt Receipt);
