using Cinnabar.Seal.Journal;

namespace Cinnabar.Seal.Tests.Journal;

public sealed class DeviceJournalTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Alarm_IsOnTheDiskWithoutWaitingForTheGroup()
    {
        using var chain = new TestChain();
        using var journal = Open(chain, new JournalOptions { GroupInterval = TimeSpan.FromHours(1) });
        Append(journal, chain, 1, urgent: true);
        Assert.True(journal.WaitDurable(1, s_patience));
        Append(journal, chain, 2, urgent: false);
        Append(journal, chain, 3, urgent: true);

        // An alarm takes along what stands before it: the chain has no holes on the disk.
        Assert.True(journal.WaitDurable(3, s_patience));
        Assert.Equal(3, journal.SendableThrough);
    }

    [Fact]
    public void Record_IsNotOfferedBeforeItIsDurable()
    {
        using var chain = new TestChain();
        using var journal = Open(chain, new JournalOptions { GroupInterval = TimeSpan.FromHours(1) });
        Append(journal, chain, 1, urgent: true);
        Assert.True(journal.WaitDurable(1, s_patience));
        Append(journal, chain, 2, urgent: false);
        Assert.Equal(1, journal.SendableThrough);
    }

    [Fact]
    public void Restart_GoesOnWithNumberAndHash()
    {
        using var chain = new TestChain();
        using (var journal = Open(chain, new JournalOptions()))
        {
            Append(journal, chain, 1, urgent: false);
            Append(journal, chain, 2, urgent: false);
            journal.AckThrough(1, chain[1].Hash);
        }

        using var again = Open(chain, new JournalOptions());
        Assert.Equal((2L, chain[2].Hash), again.Head);
        Assert.Equal((JournalCondition.Intact, 1L), (again.Condition, again.Acked));
        Assert.True(again.TryRead(2, out var bytes));
        Assert.True(bytes.Span.SequenceEqual(chain[2].Bytes.Span));
    }

    [Fact]
    public void FullDisk_KeepsStatementsInMemoryAndOffersThem()
    {
        using var chain = new TestChain();

        // The kernel's own full device: every write to it fails with ENOSPC.
        var path = Path.Combine(chain.Folder, "00000000000000000001.journal");
        File.CreateSymbolicLink(path, "/dev/full");
        using var journal = DeviceJournalOn(chain);
        Append(journal, chain, 1, urgent: true);
        Assert.False(journal.WaitDurable(1, s_patience));
        Assert.Contains("space", journal.Failure, StringComparison.OrdinalIgnoreCase);
        Append(journal, chain, 2, urgent: false);
        Assert.Equal(2, journal.SendableThrough);
        Assert.True(journal.TryRead(2, out var bytes));
        Assert.True(bytes.Span.SequenceEqual(chain[2].Bytes.Span));
    }

    [Fact]
    public void DiskThatFailsAndRecovers_GetsEverythingItMissed()
    {
        using var chain = new TestChain();
        var folder = Path.Combine(chain.Folder, "j");
        using (var journal = DeviceJournal.Open(folder, new JournalOptions { GroupInterval = TimeSpan.FromMilliseconds(1) }, TimeProvider.System))
        {
            // A file where the folder was: opening fails as on a disk that went away.
            Directory.Delete(folder, recursive: true);
            File.WriteAllText(folder, "");
            Append(journal, chain, 1, urgent: true);
            Assert.False(journal.WaitDurable(1, s_patience));
            Append(journal, chain, 2, urgent: true);
            File.Delete(folder);
            Directory.CreateDirectory(folder);
            Assert.True(SpinWait.SpinUntil(() => journal.Durable == 2 && journal.Failure is null, s_patience));
        }

        using var again = DeviceJournal.Open(folder, new JournalOptions(), TimeProvider.System);
        Assert.Equal((2L, chain[2].Hash), again.Head);
    }

    [Fact]
    public void OldAcknowledgedFiles_AreDropped_OthersAreNot()
    {
        using var chain = new TestChain();
        var options = new JournalOptions { SegmentBytes = 1, Retention = TimeSpan.Zero };
        using (var files = JournalFiles.Open(chain.Folder, options, TimeProvider.System))
        {
            for (var sequence = 1L; sequence <= 5; sequence++)
            {
                files.Write(chain.Range(sequence, 1));
            }

            files.AckThrough(3, chain[3].Hash);
            files.Tidy();
            Assert.False(files.TryRead(3, out _));
            Assert.True(files.TryRead(4, out _));
        }

        using var again = JournalFiles.Open(chain.Folder, options, TimeProvider.System);
        Assert.Equal((5L, 3L, JournalCondition.Intact), (again.Last, again.Acked, again.Condition));
    }

    [Fact]
    public void WrongNumber_IsRefused()
    {
        using var chain = new TestChain();
        using var journal = Open(chain, new JournalOptions());
        Assert.Throws<ArgumentException>(() => Append(journal, chain, 2, urgent: false));
    }

    private static DeviceJournal DeviceJournalOn(TestChain chain) => Open(chain, new JournalOptions());

    private static DeviceJournal Open(TestChain chain, JournalOptions options) => DeviceJournal.Open(chain.Folder, options, TimeProvider.System);

    private static void Append(DeviceJournal journal, TestChain chain, long sequence, bool urgent) =>
        journal.Append(sequence, chain[sequence].Bytes, chain[sequence].Hash, urgent);
}
