using System.Diagnostics;
using System.Text.Json;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Evidence.Statements;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>Readers that others wrote, from npm, judge our statements and receipts: test/interop.</summary>
public sealed class InteropTests
{
    private static readonly string s_folder = Repository.Path("test", "interop");
    private static readonly Lazy<IReadOnlyDictionary<string, JsonElement>> s_answers = new(Ask);

    /// <summary>Wrong in ways that every COSE reader must see; the others are rules of ours on top of COSE.</summary>
    private static readonly int[] s_wrongForAll =
    [
        (int)StatementVerdict.SignatureInvalid, (int)StatementVerdict.KeyMismatch, (int)StatementVerdict.WrongAlgorithm, (int)StatementVerdict.WrongType,
    ];

    private static readonly int[] s_wrongReceiptForAll =
    [
        (int)ReceiptVerdict.SignatureInvalid, (int)ReceiptVerdict.KeyMismatch, (int)ReceiptVerdict.WrongAlgorithm, (int)ReceiptVerdict.WrongStructure,
        (int)ReceiptVerdict.WrongLog, (int)ReceiptVerdict.ProofImpossible, (int)ReceiptVerdict.PayloadNotRoot,
    ];

    [Fact]
    public void Foreign_readers_accept_every_valid_statement_and_read_the_same()
    {
        foreach (var vector in Vectors("statements").Where(v => v.Verdict == 0))
        {
            var answer = s_answers.Value["statements/" + vector.Name];
            Assert.Equal(StatementVerdict.Valid, Statement.TryParse(vector.Bytes("statements"), out var statement, out _));
            Assert.True(answer.GetProperty("accepted").GetBoolean(), answer.ToString());
            Assert.Equal(
                (statement!.Issuer, statement.Subject, statement.Kind, statement.Hash.ToString()),
                (Text(answer, "issuer"), Text(answer, "subject"), Text(answer, "statementKind"), Text(answer, "hash")));
        }
    }

    [Fact]
    public void Foreign_readers_accept_every_valid_receipt_and_read_the_same()
    {
        foreach (var vector in Vectors("receipts").Where(v => v.Verdict == 0))
        {
            var answer = s_answers.Value["receipts/" + vector.Name];
            Assert.Equal(ReceiptVerdict.Valid, Receipt.TryParse(vector.Bytes("receipts"), out var receipt, out _));
            Assert.True(answer.GetProperty("accepted").GetBoolean(), answer.ToString());
            Assert.Equal(
                (receipt!.Proof.TreeSize, receipt.Proof.LeafIndex), (answer.GetProperty("size").GetInt64(), answer.GetProperty("index").GetInt64()));
        }
    }

    [Fact]
    public void Foreign_readers_refuse_what_is_wrong_for_every_reader()
    {
        var wrong = Vectors("statements").Where(v => s_wrongForAll.Contains(v.Verdict)).Select(v => "statements/" + v.Name)
            .Concat(Vectors("receipts").Where(v => s_wrongReceiptForAll.Contains(v.Verdict)).Select(v => "receipts/" + v.Name)).ToArray();

        Assert.InRange(wrong.Length, 15, int.MaxValue);
        Assert.All(wrong, name => Assert.False(s_answers.Value[name].GetProperty("accepted").GetBoolean(), name));
    }

    private static IEnumerable<Vector> Vectors(string folder) => Vector.ReadAll(folder).Where(v => v.Hex is not null);

    private static string? Text(JsonElement answer, string name) => answer.GetProperty(name).GetString();

    private static Dictionary<string, JsonElement> Ask()
    {
        Install();
        var questions = Vectors("statements").Select(v => Question("statements", v)).Concat(Vectors("receipts").Select(v => Question("receipts", v)));
        var output = Run("node", ["read.mjs"], JsonSerializer.Serialize(questions));
        using var answers = JsonDocument.Parse(output);
        return answers.RootElement.EnumerateArray().ToDictionary(a => a.GetProperty("name").GetString()!, a => a.Clone());
    }

    private static Dictionary<string, string?> Question(string folder, Vector vector)
    {
        var key = CborValue.Decode(Convert.FromHexString(vector.Key!)).AsMap().ToDictionary(e => e.Key.AsInteger(), e => e.Value);
        return new()
        {
            ["name"] = $"{folder}/{vector.Name}", ["kind"] = folder.TrimEnd('s'), ["hex"] = vector.Hex, ["entry"] = vector.Entry, ["origin"] = vector.Origin,
            ["x"] = Convert.ToHexStringLower(key[-2].AsBytes().Span), ["y"] = Convert.ToHexStringLower(key[-3].AsBytes().Span),
        };
    }

    /// <summary>Installs what package-lock.json names, once; again only when that changed.</summary>
    private static void Install()
    {
        var installed = new FileInfo(Path.Combine(s_folder, "node_modules", ".package-lock.json"));
        if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(s_folder, "package-lock.json")))
        {
            Run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], "");
        }
    }

    private static string Run(string program, IEnumerable<string> arguments, string input)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = s_folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            },
        };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Assert.Fail($"{program} is needed for this test (Node 20 or newer): {missing.Message}");
        }

        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {errors.GetAwaiter().GetResult()}");
        return output;
    }
}
