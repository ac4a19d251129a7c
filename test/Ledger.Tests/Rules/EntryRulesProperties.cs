using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger.Rules;
using Cinnabar.Ledger.Storage;
using Cinnabar.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace Cinnabar.Ledger.Tests.Rules;

/// <summary>However a log is cut into calls and starts, the rules say the same of it.</summary>
public sealed class EntryRulesProperties
{
    private static readonly SampleCourt s_court = new();

    // The second epoch revokes a key that devices of the history use.
    private static readonly GovernanceLog s_governance = RuledCourt.GovernanceOf(
        s_court.Genesis.Statement.Hash, 2, TestLog.NewKey(40).PublicKey.Thumbprint);

    private static readonly Config s_thorough = Config.QuickThrowOnFailure.WithMaxTest(15);

    private static Arbitrary<(int Deed, int Which)[]> Deeds =>
        (from deed in Gen.Choose(0, RuledHistory.Deeds - 1) from which in Gen.Choose(0, 1_000) select (deed, which)).ArrayOf(40).ToArbitrary();

    [Fact]
    public void Entries_ruled_at_once_one_by_one_or_after_a_restart_get_the_same_answer() =>
        Check.One(s_thorough, Prop.ForAll(Deeds, deeds =>
        {
            var history = new RuledHistory(s_governance, s_court.Genesis.Statement);
            using var oneByOne = new Reader();
            Assert.Null(oneByOne.Rule(history.Made[0]));
            foreach (var (deed, which) in deeds)
            {
                var entry = history.Next(deed, which, oneByOne.Size);
                using var restarted = new Reader(oneByOne.Store);
                Assert.Equal(restarted.Rules.LastHeader, oneByOne.Rules.LastHeader);
                var fault = restarted.Ask(oneByOne.Entries.Count, [entry]).Fault;
                Assert.Equal(AtOnce([.. oneByOne.Entries, entry]).Fault, fault);
                Assert.Equal(oneByOne.Rule(entry), fault);
            }

            Assert.Equal(oneByOne.Marks, AtOnce(oneByOne.Entries).Marks);
        }));

    private static RuledEntries AtOnce(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        using var rules = new EntryRules(s_governance);
        return rules.Rule(0, entries, RuledCourt.LatestMs, RuledCourt.Nowhere);
    }

    /// <summary>Keeps good entries and refuses the others, as a mirror does.</summary>
    private sealed class Reader : IDisposable
    {
        public Reader(MemoryLogStore? store = null)
        {
            Store = store ?? new MemoryLogStore();
            Rules.Restore(MarkedEntries.Read(Store, Store.ReadHead()?.Size ?? 0));
        }

        public MemoryLogStore Store { get; }

        public EntryRules Rules { get; } = new(s_governance);

        public List<ReadOnlyMemory<byte>> Entries { get; } = [];

        public List<long> Marks { get; } = [];

        public long Size => Entries.Count;

        public RuledEntries Ask(long first, IReadOnlyList<ReadOnlyMemory<byte>> entries) => Rules.Rule(first, entries, RuledCourt.LatestMs, Store.FindEntry);

        public EntryFault? Rule(ReadOnlyMemory<byte> entry)
        {
            var ruled = Ask(Size, [entry]);
            if (ruled.Fault is null)
            {
                RuledCourt.Store(Store, [entry], ruled.Marks);
                Rules.Take(ruled);
                Entries.Add(entry);
                Marks.AddRange(ruled.Marks);
            }

            return ruled.Fault;
        }

        public void Dispose() => Rules.Dispose();
    }
}
