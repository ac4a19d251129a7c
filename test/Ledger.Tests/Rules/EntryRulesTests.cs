using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Ledger.Rules;
using Cinnabar.Ledger.Storage;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Rules;

/// <summary>Starts from entries that are good and spoils one thing each.</summary>
public sealed class EntryRulesTests
{
    private readonly RuledCourt _log = new();

    private SampleCourt Court => _log.Court;

    [Fact]
    public void Good_entries_have_no_fault_and_the_ones_later_entries_are_judged_by_are_marked()
    {
        _log.StateHeader(_log.NextHeader());
        Court.EnrolDevice();
        Court.FromDevice("strip.cut");
        Court.EnrolOfficer();
        _log.StateHeader(_log.NextHeader());
        Court.FromOfficer("incident.acknowledged");
        Court.FromStation("heartbeat.back");
        _log.Revoke(Rfc6979SigningKey.Named("another"));

        var ruled = _log.Rule();

        Assert.Null(ruled.Fault);
        Assert.Equal([0, 1, 2, 4, 8], ruled.Marks);
        Assert.Equal((0, 9, false), (ruled.First, ruled.Count, ruled.BeginsWithHeader));
        Assert.Equal(5, ruled.LastHeader!.First);
    }

    [Fact]
    public void Statement_of_a_device_that_left_gaps_in_its_chain_is_good()
    {
        Court.EnrolDevice();
        _ = new SampleCourt().FromDevice("strip.cut");
        var device = new SampleCourt();
        device.FromDevice("strip.cut");
        Court.Add(device.FromDevice("door.open"));

        Assert.Null(_log.Rule().Fault);
    }

    [Fact]
    public void Bytes_that_are_no_statement_are_refused() => AssertFault(EntryFault.Form, 1, () => Spoil(Court.EnrolDevice().Bytes, b => b[..^1]));

    [Fact]
    public void Log_that_begins_with_something_else_is_refused()
    {
        var entry = Court.FromStation("heartbeat.back");
        using var rules = new EntryRules(_log.Governance);

        Assert.Equal(EntryFault.Genesis, rules.Rule(0, [entry.Bytes], RuledCourt.LatestMs, RuledCourt.Nowhere).Fault!.Rule);
    }

    [Fact]
    public void Second_genesis_is_refused() =>
        AssertFault(EntryFault.Genesis, 1, () => Court.State(
            SampleCourt.CommandKey, SampleCourt.Court, SampleCourt.Origin, "court.genesis",
            SampleCourt.GenesisBody(SampleCourt.LogKey, SampleCourt.CommandKey, SampleCourt.StationKey)).Bytes);

    [Fact]
    public void Genesis_that_no_epoch_names_is_refused()
    {
        using var rules = new EntryRules(RuledCourt.GovernanceOf(Digest.Of("another"u8), 1));

        Assert.Equal(EntryFault.Genesis, _log.Rule(0, rules).Fault!.Rule);
    }

    [Fact]
    public void Kind_that_is_not_for_the_issuer_is_refused()
    {
        Court.EnrolDevice();
        AssertFault(EntryFault.Role, 2, () => Court.FromDevice("order.lifted").Bytes);
    }

    [Fact]
    public void Key_that_is_vouched_for_only_afterwards_is_refused()
    {
        AssertFault(EntryFault.KeyUnknown, 1, () => Court.FromDevice("strip.cut").Bytes);
        Court.EnrolDevice();

        Assert.Equal((1, EntryFault.KeyUnknown), (_log.Rule().Fault!.Index, _log.Rule().Fault!.Rule));
    }

    [Fact]
    public void Key_that_is_vouched_for_under_another_name_is_refused()
    {
        Court.EnrolDevice();
        AssertFault(EntryFault.KeyUnknown, 2, () => Court.State(
            SampleCourt.DeviceKey, SampleCourt.Officer, SampleCourt.Seal, "incident.acknowledged").Bytes);
    }

    [Fact]
    public void Enrolment_with_a_key_that_is_none_vouches_for_nobody()
    {
        Court.FromCourt("device.enrolled", CborValue.Map(("device", CborValue.Text(SampleCourt.DeviceId)), ("key", CborValue.Text("none"))));
        AssertFault(EntryFault.KeyUnknown, 2, () => Court.FromDevice("strip.cut").Bytes);
    }

    [Fact]
    public void Revoked_key_is_refused_and_stays_so_when_it_is_enrolled_again()
    {
        Court.EnrolDevice();
        Court.FromDevice("strip.cut");
        _log.Revoke(SampleCourt.DeviceKey);
        Court.EnrolDevice();
        AssertFault(EntryFault.KeyRevoked, 5, () => Court.FromDevice("strip.cut").Bytes);
    }

    [Fact]
    public void Key_that_an_epoch_revokes_is_good_until_the_header_of_that_epoch()
    {
        _log.StateHeader(_log.NextHeader());
        Court.EnrolDevice();
        Court.FromDevice("strip.cut");
        _log.StateHeader(_log.NextHeader(2));
        AssertFault(EntryFault.KeyRevoked, 5, () => Court.FromDevice("door.open").Bytes);
    }

    [Fact]
    public void Header_of_an_epoch_that_revokes_the_station_is_refused()
    {
        using var rules = new EntryRules(RuledCourt.GovernanceOf(Court.Genesis.Statement.Hash, 2, SampleCourt.StationKey.PublicKey.Thumbprint));
        var second = rules.Governance!.Epochs[1];
        _log.StateHeader(_log.NextHeader() with { Epoch = 2, Set = second.Hash });

        Assert.Equal(EntryFault.KeyRevoked, _log.Rule(0, rules).Fault!.Rule);
    }

    [Fact]
    public void Entry_that_stands_twice_in_a_batch_is_refused() => AssertFault(EntryFault.Duplicate, 2, () =>
    {
        var entry = Court.FromStation("heartbeat.back");
        return Court.Add(entry).Bytes;
    });

    [Fact]
    public void Entry_that_the_log_holds_is_refused_and_one_found_at_its_own_place_is_not()
    {
        var twice = Court.FromStation("heartbeat.back");
        using var rules = new EntryRules(_log.Governance);
        rules.Take(rules.Rule(0, [.. _log.Entries.Take(1)], RuledCourt.LatestMs, RuledCourt.Nowhere));

        Assert.Equal(new EntryFault(9, EntryFault.Duplicate, $"Statement {twice.Hash} stands in the log already."),
            rules.Rule(9, [twice.Bytes], RuledCourt.LatestMs, id => id == twice.Hash ? 8 : null).Fault);
        Assert.Null(rules.Rule(9, [twice.Bytes], RuledCourt.LatestMs, id => id == twice.Hash ? 9 : null).Fault);
    }

    [Fact]
    public void Wrong_signature_is_refused() => AssertFault(EntryFault.Signature, 1, () => Spoil(Court.FromStation("heartbeat.back").Bytes, b =>
    {
        b[^60] ^= 1;
        return b;
    }));

    [Fact]
    public void First_of_several_faults_is_the_one_told()
    {
        for (var i = 0; i < 20; i++)
        {
            Court.FromStation("heartbeat.back");
        }
        ReadOnlyMemory<byte>[] entries = [.. _log.Entries];
        entries[18] = entries[3];
        entries[11] = Spoiled(entries[11]);
        entries[7] = Spoiled(entries[7]);
        using var rules = new EntryRules(_log.Governance);

        var ruled = rules.Rule(0, entries, RuledCourt.LatestMs, RuledCourt.Nowhere);

        Assert.Equal((7, EntryFault.Signature), (ruled.Fault!.Index, ruled.Fault.Rule));
        Assert.Empty(ruled.Marks);
    }

    [Fact]
    public void Ruling_changes_nothing_until_it_is_taken_and_only_the_present_one_can_be()
    {
        Court.EnrolDevice();
        using var rules = new EntryRules(_log.Governance);
        var first = _log.Rule(0, rules);
        var same = _log.Rule(0, rules);
        Court.FromDevice("strip.cut");
        Assert.Equal(EntryFault.KeyUnknown, _log.Rule(2, rules).Fault!.Rule);

        rules.Take(first);

        Assert.Null(_log.Rule(2, rules).Fault);
        Assert.Throws<InvalidOperationException>(() => rules.Take(same));
        Assert.Throws<InvalidOperationException>(() => rules.Take(first));
    }

    [Fact]
    public void Ruling_with_a_fault_or_of_another_log_is_not_taken()
    {
        using var rules = new EntryRules(_log.Governance);
        using var other = new EntryRules(_log.Governance);
        Assert.Throws<InvalidOperationException>(() => rules.Take(_log.Rule(0, other)));
        Court.FromDevice("strip.cut");
        Assert.Throws<InvalidOperationException>(() => rules.Take(_log.Rule(0, rules)));
    }

    [Fact]
    public void What_the_search_throws_comes_out()
    {
        for (var i = 0; i < 20; i++)
        {
            Court.FromStation("heartbeat.back");
        }
        using var rules = new EntryRules(_log.Governance);

        Assert.Throws<LogStoreException>(() => rules.Rule(
            0, _log.Entries, RuledCourt.LatestMs, _ => throw new LogStoreException(LogStoreFailure.Io, "gone")));
    }

    private static byte[] Spoiled(ReadOnlyMemory<byte> entry)
    {
        var bytes = entry.ToArray();
        bytes[^60] ^= 1;
        return bytes;
    }

    private static byte[] Spoil(ReadOnlyMemory<byte> entry, Func<byte[], byte[]> spoil) => spoil(entry.ToArray());

    /// <summary>Everything so far is good; the entry that comes now is not.</summary>
    private void AssertFault(string rule, int index, Func<ReadOnlyMemory<byte>> state)
    {
        Assert.Null(_log.Rule().Fault);
        ReadOnlyMemory<byte>[] before = [.. _log.Entries];
        var entry = state();
        ReadOnlyMemory<byte>[] entries = [.. before, .. _log.Entries.Skip(before.Length).SkipLast(1), entry];
        using var rules = new EntryRules(_log.Governance);

        var ruled = rules.Rule(0, entries, RuledCourt.LatestMs, RuledCourt.Nowhere);

        Assert.Equal((index, rule), (ruled.Fault?.Index, ruled.Fault?.Rule));
    }
}
