using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Ledger.Rules;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Rules;

/// <summary>Starts from a good header and spoils one thing each.</summary>
public sealed class HeaderRulesTests
{
    private readonly RuledCourt _log = new();

    [Fact]
    public void Header_alone_is_a_good_batch()
    {
        _log.StateHeader(_log.NextHeader());
        using var rules = new EntryRules(_log.Governance);
        rules.Take(rules.Rule(0, [.. _log.Entries.Take(1)], RuledCourt.LatestMs, RuledCourt.Nowhere));

        var ruled = _log.Rule(1, rules);

        Assert.Equal((null, true), (ruled.Fault, ruled.BeginsWithHeader));
        Assert.Null(rules.LastHeader);
        rules.Take(ruled);
        Assert.Equal(ruled.LastHeader, rules.LastHeader);
    }

    [Fact]
    public void Header_that_names_the_final_head_is_good_and_the_next_may_name_the_same()
    {
        _log.StateHeader(_log.NextHeader() with { FinalSize = 1, FinalRoot = Digest.Of("root"u8) });
        _log.StateHeader(_log.NextHeader() with { FinalSize = 1, FinalRoot = Digest.Of("root"u8) });

        Assert.Null(_log.Rule().Fault);
    }

    [Fact]
    public void Header_at_another_place_than_it_says_is_refused() => AssertFault(EntryFault.HeaderOrder, h => h with { First = h.First + 1 });

    [Fact]
    public void Header_with_a_smaller_final_head_is_refused()
    {
        _log.StateHeader(_log.NextHeader() with { FinalSize = 1, FinalRoot = Digest.Of("root"u8) });
        AssertFault(EntryFault.HeaderOrder, h => h);
    }

    [Fact]
    public void Header_with_a_final_head_beyond_itself_is_refused() =>
        AssertFault(EntryFault.HeaderForm, h => h with { FinalSize = h.First + 1, FinalRoot = Digest.Of("root"u8) });

    [Fact]
    public void Header_of_an_epoch_that_is_not_known_is_refused() => AssertFault(EntryFault.HeaderEpoch, h => h with { Set = Digest.Of("other"u8) });

    [Fact]
    public void Header_whose_set_is_another_epochs_is_refused() => AssertFault(EntryFault.HeaderEpoch, h => h with { Epoch = 2 });

    [Fact]
    public void Header_of_an_older_epoch_is_refused()
    {
        _log.StateHeader(_log.NextHeader(2));
        AssertFault(EntryFault.HeaderEpoch, h => h);
    }

    [Fact]
    public void Header_dated_before_the_one_before_it_is_refused()
    {
        _log.StateHeader(_log.NextHeader() with { TimeMs = _log.Court.NowMs + 60_000 });
        AssertFault(EntryFault.HeaderTime, h => h);
    }

    [Fact]
    public void Header_dated_later_than_the_clock_allows_is_refused() =>
        AssertFault(EntryFault.HeaderTime, h => h with { TimeMs = RuledCourt.LatestMs + 1 });

    [Fact]
    public void Header_of_another_log_is_refused()
    {
        _log.StateHeader(_log.NextHeader(), subject: "log.c1.example/1");
        Assert.Equal(EntryFault.HeaderForm, _log.Rule().Fault!.Rule);
    }

    [Fact]
    public void Header_with_more_in_it_is_refused()
    {
        var body = _log.NextHeader().ToBody();
        _log.Court.State(SampleCourt.StationKey, SampleCourt.Station, SampleCourt.Origin, BatchHeader.Kind, CborValue.Map(
            [.. body.AsMap().Select(m => (m.Key.AsText(), (CborValue?)m.Value)), ("more", CborValue.Integer(1))]));
        Assert.Equal(EntryFault.HeaderForm, _log.Rule().Fault!.Rule);
    }

    [Fact]
    public void Header_from_the_court_instead_of_its_station_is_refused()
    {
        _log.Court.State(SampleCourt.CommandKey, SampleCourt.Court, SampleCourt.Origin, BatchHeader.Kind, _log.NextHeader().ToBody());
        Assert.Equal(EntryFault.Role, _log.Rule().Fault!.Rule);
    }

    [Fact]
    public void Header_in_the_log_of_a_court_that_stands_alone_is_refused()
    {
        _log.StateHeader(_log.NextHeader());
        using var rules = new EntryRules(governance: null);
        Assert.Equal(EntryFault.HeaderEpoch, _log.Rule(0, rules).Fault!.Rule);
    }

    private void AssertFault(string rule, Func<BatchHeader, BatchHeader> spoil)
    {
        Assert.Null(_log.Rule().Fault);
        _log.StateHeader(spoil(_log.NextHeader()));
        var fault = _log.Rule().Fault;
        Assert.Equal((_log.Count - 1, rule), (fault?.Index, fault?.Rule));
    }
}
