using Cinnabar.Seal.Journal;

namespace Cinnabar.Seal.Tests.Journal;

public sealed class JournalDamageTests
{
    private static readonly JournalOptions s_options = new();

    [Fact]
    public void ThousandDamagedTails_LoseNothingThatWasSynced()
    {
        using var chain = new TestChain();
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var folder = Directory.CreateDirectory(Path.Combine(chain.Folder, $"{seed}")).FullName;
            var (synced, tail) = (random.Next(1, 12), random.Next(1, 6));
            using (var files = JournalFiles.Open(folder, s_options, TimeProvider.System))
            {
                files.Write(chain.Range(1, synced));
            }

            DamageTail(folder, chain.Range(synced + 1, tail), random);
            using var reopened = JournalFiles.Open(folder, s_options, TimeProvider.System);
            Assert.InRange(reopened.Last, synced, synced + tail);
            for (var sequence = 1L; sequence <= reopened.Last; sequence++)
            {
                // What was not synced may be gone; what is there is what was written.
                var found = reopened.TryRead(sequence, out var bytes);
                Assert.True(found || sequence > synced, $"seed {seed}: {sequence} lost");
                Assert.True(!found || bytes.AsSpan().SequenceEqual(chain[sequence].Bytes.Span), $"seed {seed}: {sequence} altered");
            }

            reopened.Write(chain.Range(reopened.Last + 1, 1));
            using var third = JournalFiles.Open(folder, s_options, TimeProvider.System);
            Assert.Equal(JournalCondition.Intact, third.Condition);
            Assert.Equal(reopened.Last + 1, third.Last);
        }
    }

    [Fact]
    public void TailCutInsideARecord_IsToldOnce()
    {
        using var chain = new TestChain();
        using (var files = JournalFiles.Open(chain.Folder, s_options, TimeProvider.System))
        {
            Assert.Equal(JournalCondition.New, files.Condition);
            files.Write(chain.Range(1, 3));
        }

        var path = Directory.GetFiles(chain.Folder)[0];
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        using (var torn = JournalFiles.Open(chain.Folder, s_options, TimeProvider.System))
        {
            Assert.Equal((JournalCondition.Torn, 2L, chain[2].Hash), (torn.Condition, torn.Last, torn.LastHash));
            torn.Write(chain.Range(3, 1));
        }

        using var intact = JournalFiles.Open(chain.Folder, s_options, TimeProvider.System);
        Assert.Equal((JournalCondition.Intact, 3L), (intact.Condition, intact.Last));
    }

    [Fact]
    public void RecordDamagedInTheMiddle_KeepsTheNumbersBehindItUsed()
    {
        using var chain = new TestChain();
        using (var files = JournalFiles.Open(chain.Folder, s_options, TimeProvider.System))
        {
            files.Write(chain.Range(1, 3));
        }

        var path = Directory.GetFiles(chain.Folder)[0];
        var bytes = File.ReadAllBytes(path);
        bytes[JournalFrame.HeadBytes + chain[1].Bytes.Length + JournalFrame.HeadBytes + 10] ^= 1;
        File.WriteAllBytes(path, bytes);
        using var reopened = JournalFiles.Open(chain.Folder, s_options, TimeProvider.System);
        Assert.Equal((JournalCondition.Torn, 3L, chain[3].Hash), (reopened.Condition, reopened.Last, reopened.LastHash));
        Assert.False(reopened.TryRead(2, out _));
    }

    [Fact]
    public void UnreadableFile_LeavesNumbersOutRatherThanGivingThemTwice()
    {
        using var chain = new TestChain();
        Directory.CreateDirectory(Path.Combine(chain.Folder, "00000000000000000007.journal"));
        using var files = JournalFiles.Open(chain.Folder, s_options, TimeProvider.System);
        Assert.Equal(JournalCondition.Torn, files.Condition);
        Assert.True(files.Last > 7);
        Assert.False(files.LastHash.IsZero);
    }

    [Fact]
    public void JournalLostButMarkLeft_GoesOnBehindTheMark()
    {
        using var chain = new TestChain();
        new AckMark(9, chain[9].Hash).Write(chain.Folder);
        using var files = JournalFiles.Open(chain.Folder, s_options, TimeProvider.System);
        Assert.Equal((9L, chain[9].Hash, 9L), (files.Last, files.LastHash, files.Acked));
    }

    private static void DamageTail(string folder, List<(long Sequence, ReadOnlyMemory<byte> Statement)> tail, Random random)
    {
        var path = Directory.GetFiles(folder)[0];
        var bytes = File.ReadAllBytes(path).ToList();
        var first = bytes.Count;
        tail.ForEach(entry => bytes.AddRange(JournalFrame.Encode(entry.Sequence, entry.Statement.Span)));
        var place = random.Next(first, bytes.Count);
        if (random.Next(2) == 0)
        {
            bytes.RemoveRange(place, bytes.Count - place);
        }
        else
        {
            bytes[place] ^= (byte)(1 << random.Next(8));
        }

        File.WriteAllBytes(path, [.. bytes]);
    }
}
