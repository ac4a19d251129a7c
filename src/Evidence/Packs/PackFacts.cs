using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Evidence.Packs;

/// <summary>Everything the index may speak of: what the statements, the checkpoint and the files themselves say.</summary>
/// <param name="Court">The court.</param>
/// <param name="TreeSize">Number of entries of the log at the checkpoint.</param>
/// <param name="Root">Root of the log at the checkpoint.</param>
/// <param name="Statements">Statements with their indices, in the order of the log.</param>
/// <param name="Originals">The originals.</param>
internal sealed record PackFacts(
    CourtGenesis Court, long TreeSize, Digest Root, IReadOnlyList<(Statement Statement, long Index)> Statements, IReadOnlyList<PackManifestFile> Originals);
