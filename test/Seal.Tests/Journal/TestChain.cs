using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Seal.Tests.Journal;

/// <summary>A chain of signed statements of one device, and a folder that goes away with the test.</summary>
internal sealed class TestChain : IDisposable
{
    private readonly EcdsaSigningKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly List<Statement> _statements = [];

    public TestChain() => Folder = Directory.CreateTempSubdirectory("cinnabar-journal-").FullName;

    public string Folder { get; }

    public Statement this[long sequence]
    {
        get
        {
            while (_statements.Count < sequence)
            {
                _statements.Add(Next());
            }

            return _statements[(int)sequence - 1];
        }
    }

    public List<(long Sequence, ReadOnlyMemory<byte> Statement)> Range(long first, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (first + i, this[first + i].Bytes))];

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private Statement Next() => new StatementDraft
    {
        Issuer = "device:d1",
        Subject = "S1",
        Kind = "touch.light",
        TimeMs = _statements.Count,
        Chain = new StatementChain(new byte[8], _statements.Count + 1, _statements.Count == 0 ? default(Digest) : _statements[^1].Hash),
        Body = CborValue.Map(("count", CborValue.Integer(_statements.Count))),
    }.Sign(_key);
}
