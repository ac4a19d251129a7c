using System.Globalization;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;
using Cinnabar.Seal.Journal;

namespace Cinnabar.Seal.Tests.EndToEnd;

public sealed class PowerCutTests
{
    [Fact]
    public async Task KilledWhileItWrites_LosesNothingItCalledJournaled()
    {
        using var court = new TestCourt();
        await using var seal = new TestSeal();
        await using (var station = await TestStation.StartAsync(court, TestSeal.Number))
        {
            await seal.EnrolAsync(station, court);
            await seal.StartAsync();
            await TestSeal.ArmAsync(station, court);
            await seal.StopAsync();
        }

        var random = new Random(1);
        for (var round = 0; round < 5; round++)
        {
            await seal.StartAsync();
            var cuts = random.Next(3, 40);
            for (var i = 0; i < cuts; i++)
            {
                seal.Cut();
                seal.Restore();
            }

            await TestStation.WaitAsync(() => seal.Lines.Any(line => line.StartsWith("fact kind=strip.cut", StringComparison.Ordinal)), "a cut");
            await seal.KillAsync();
            AssertWhole(seal);
        }
    }

    private static void AssertWhole(TestSeal seal)
    {
        using var files = JournalFiles.Open(seal.JournalFolder, new JournalOptions(), TimeProvider.System);
        var byHash = new HashSet<string>();
        Statement? previous = null;
        for (var sequence = 1L; sequence <= files.Last; sequence++)
        {
            Assert.True(files.TryRead(sequence, out var bytes), $"{sequence} is missing");
            Assert.Equal(StatementVerdict.Valid, Statement.TryParse(bytes, out var statement, out _));
            Assert.Equal(previous?.Hash ?? default(Digest), statement!.Chain!.Previous);
            byHash.Add(statement.Hash.ToString());
            previous = statement;
        }

        // What the log calls journaled was on the disk; facts signed in the last moment may be missing.
        var journaled = seal.Lines.Where(line => line.StartsWith("reflex ", StringComparison.Ordinal) && !line.Contains("journaled_ns=-1", StringComparison.Ordinal));
        var cuts = seal.Lines.Where(line => line.StartsWith("fact kind=strip.cut", StringComparison.Ordinal)).ToList();
        foreach (var cut in cuts.Take(journaled.Count()))
        {
            Assert.Contains(cut.Split("hash=")[1], byHash);
        }

        Assert.True(long.Parse(cuts[0].Split("sequence=")[1].Split(' ')[0], CultureInfo.InvariantCulture) > 0);
    }
}
