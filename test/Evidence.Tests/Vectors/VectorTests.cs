using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>The golden vectors.</summary>
/// <remarks>To make them again after a change that is meant: <c>CINNABAR_VECTORS=write dotnet test test/Evidence.Tests</c>; see vectors/README.md.</remarks>
public sealed class VectorTests
{
    private static readonly Dictionary<string, Func<IEnumerable<Vector>>> s_books = new()
    {
        ["cbor"] = CborVectors.All,
        ["statements"] = StatementVectors.All,
        ["receipts"] = ReceiptVectors.All,
        ["checkpoints"] = CheckpointVectors.All,
        ["packs"] = PackVectors.All,
        ["governance"] = GovernanceVectors.All,
        ["cosignatures"] = CosignatureVectors.All,
        ["forks"] = ForkVectors.All,
    };

    public static TheoryData<string> Folders => [.. s_books.Keys];

    /// <summary>Every vector is spoiled in one way only, so the number it gets is the number of the one step that saw it.</summary>
    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_vector_gets_exactly_its_verdict(string folder)
    {
        var vectors = s_books[folder]();
        Write(folder, vectors);
        foreach (var vector in Vector.ReadAll(folder))
        {
            var (verdict, name, offset) = VectorJudge.Judge(folder, vector);
            Assert.Equal((vector.Name, vector.Verdict, vector.VerdictName, vector.Offset), (vector.Name, verdict, name, offset));
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Vectors_come_out_byte_for_byte_when_made_again(string folder)
    {
        var vectors = s_books[folder]().ToArray();
        Write(folder, vectors);
        var made = vectors.SelectMany(v => v.Files()).ToDictionary(f => f.Key, f => f.Value);
        var stored = Directory.GetFiles(Repository.Path("vectors", folder)).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);

        Assert.Equal(made.Keys.Order(), stored.Keys.Order());
        Assert.All(made, f => Assert.True(f.Value.AsSpan().SequenceEqual(stored[f.Key]), f.Key));
    }

    [Fact]
    public void Every_verdict_but_valid_has_a_vector_that_gets_it()
    {
        AssertCovered<CborRule>("cbor");
        AssertCovered<StatementVerdict>("statements");
        AssertCovered<ReceiptVerdict>("receipts");
        AssertCovered<CheckpointVerdict>("checkpoints");
        AssertCovered<PackVerdict>("packs");
        AssertCovered<GovernanceVerdict>("governance");
        AssertCovered<ForkVerdict>("forks");
    }

    private static void AssertCovered<TVerdict>(string folder)
        where TVerdict : struct, Enum
    {
        var covered = s_books[folder]().Select(v => v.Verdict).ToHashSet();
        Assert.All(Enum.GetValues<TVerdict>(), v => Assert.True(Convert.ToInt32(v, null) == 0 || covered.Contains(Convert.ToInt32(v, null)), v.ToString()));
    }

    private static void Write(string folder, IEnumerable<Vector> vectors)
    {
        if (Environment.GetEnvironmentVariable("CINNABAR_VECTORS") != "write")
        {
            return;
        }

        var path = Repository.Path("vectors", folder);
        Directory.CreateDirectory(path);
        foreach (var (name, bytes) in vectors.SelectMany(v => v.Files()))
        {
            File.WriteAllBytes(Path.Combine(path, name), bytes);
        }
    }
}
