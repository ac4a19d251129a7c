using Cinnabar.Ledger.Rules;
using Cinnabar.Ledger.Storage;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Rules;

public sealed class MarkedEntriesTests : IDisposable
{
    private readonly RuledCourt _log = new();
    private readonly MemoryLogStore _store = new();

    private SampleCourt Court => _log.Court;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Newest_header_is_found_from_the_end_and_stands_in_its_place()
    {
        _log.StateHeader(_log.NextHeader());
        Court.FromStation("heartbeat.back");
        _log.StateHeader(_log.NextHeader());
        _log.StateHeader(_log.NextHeader());
        Court.EnrolDevice();
        Court.FromDevice("strip.cut");
        var ruled = _log.Rule();
        RuledCourt.Store(_store, _log.Entries, ruled.Marks);

        Assert.Equal([0, 1, 4, 5], MarkedEntries.Read(_store, _log.Count).Select(e => e.Index));
        using var rules = new EntryRules(_log.Governance);
        rules.Restore(MarkedEntries.Read(_store, _log.Count));
        Assert.Equal(ruled.LastHeader, rules.LastHeader);
    }

    [Fact]
    public void Entries_beyond_the_size_are_left_out()
    {
        _log.StateHeader(_log.NextHeader());
        _log.StateHeader(_log.NextHeader());
        _log.StateHeader(_log.NextHeader(2));
        RuledCourt.Store(_store, _log.Entries, _log.Rule().Marks);

        Assert.Equal([0, 1, 2], MarkedEntries.Read(_store, 3).Select(e => e.Index));
    }

    [Fact]
    public void Log_that_was_begun_before_there_were_marks_is_read_up_to_the_first_one()
    {
        Court.EnrolDevice();
        Court.FromDevice("strip.cut");
        RuledCourt.Store(_store, _log.Entries, []);
        Assert.Equal([0, 1, 2], MarkedEntries.Read(_store, 3).Select(e => e.Index));

        Court.FromDevice("door.open");
        Court.EnrolOfficer();
        RuledCourt.Store(_store, [.. _log.Entries.Skip(3)], [4]);
        Court.FromOfficer("incident.acknowledged");
        using var rules = new EntryRules(_log.Governance);
        rules.Restore(MarkedEntries.Read(_store, 5));

        Assert.Null(_log.Rule(5, rules).Fault);
    }

    [Fact]
    public void Mark_without_an_entry_is_told()
    {
        RuledCourt.Store(_store, _log.Entries, [0, 7]);
        Assert.Equal(LogStoreFailure.Corrupt, Assert.Throws<LogStoreException>(() => MarkedEntries.Read(_store, 9).ToArray()).Failure);
    }

    [Fact]
    public void Entries_out_of_order_are_not_restored()
    {
        Court.EnrolDevice();
        SequencedEntry[] entries = [.. _log.Entries.Select((bytes, i) => new SequencedEntry(i, bytes))];
        using var rules = new EntryRules(_log.Governance);
        Assert.Throws<FormatException>(() => rules.Restore([entries[1], entries[0]]));
    }

    [Fact]
    public void Key_that_somebody_wrote_into_the_file_is_not_restored()
    {
        Court.State(Rfc6979SigningKey.Named("stranger"), SampleCourt.Court, SampleCourt.Seal, "device.enrolled", Court.EnrolDevice().Body);
        SequencedEntry[] entries = [.. _log.Entries.Select((bytes, i) => new SequencedEntry(i, bytes))];
        using var rules = new EntryRules(_log.Governance);

        var refused = Assert.Throws<FormatException>(() => rules.Restore([entries[0], entries[2]]));
        Assert.Contains("Entry 2: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_are_restored_once()
    {
        using var rules = new EntryRules(_log.Governance);
        SequencedEntry genesis = new(0, _log.Entries[0]);
        rules.Restore([genesis]);
        Assert.Throws<InvalidOperationException>(() => rules.Restore([genesis]));
    }
}
