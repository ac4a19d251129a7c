using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Verification;

public sealed class CourtRosterTests
{
    private static readonly CourtGenesis s_court = new SampleCourt().Genesis;

    [Fact]
    public void Roster_comes_back_as_it_was_written()
    {
        Assert.True(CourtRoster.TryParse(CourtRoster.Of(s_court).Encode(), out var roster, out _));
        var court = roster.Find(SampleCourt.Origin)!;

        Assert.Equal(s_court.Statement.Hash, court.Statement.Hash);
        Assert.Equal(
            (SampleCourt.LogKey.PublicKey, SampleCourt.CommandKey.PublicKey, SampleCourt.StationKey.PublicKey), (court.LogKey, court.CommandKey, court.StationKey));
        Assert.Null(roster.Find("elsewhere.example"));
    }

    [Fact]
    public void Court_twice_is_refused()
    {
        Assert.Throws<ArgumentException>(() => CourtRoster.Of(s_court, s_court));
        Assert.False(Parse(List(s_court.Statement, s_court.Statement), out var detail));
        Assert.Contains("each once", detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_version_is_refused() => Assert.False(Parse(CborValue.Array(CborValue.Integer(2), CborValue.Array()), out _));

    [Fact]
    public void Statement_of_another_kind_is_refused()
    {
        Assert.False(Parse(List(new SampleCase().Cut), out var detail));
        Assert.Contains("strip.cut", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("court:other", SampleCourt.Origin, "do not belong together")]
    [InlineData(SampleCourt.Court, "other.example", "do not belong together")]
    public void Genesis_that_speaks_for_another_is_refused(string issuer, string subject, string why)
    {
        var statement = new StatementDraft
        {
            Issuer = issuer, Subject = subject, Kind = CourtGenesis.Kind, TimeMs = 0,
            Body = SampleCourt.GenesisBody(SampleCourt.LogKey, SampleCourt.CommandKey, SampleCourt.StationKey),
        }.Sign(SampleCourt.CommandKey);

        Assert.False(CourtGenesis.TryRead(statement, out _, out var detail));
        Assert.Contains(why, detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log_key")]
    [InlineData("court")]
    [InlineData("q")]
    public void Genesis_without_a_member_is_refused(string key)
    {
        var body = CborValue.Map(SampleCourt.GenesisBody(SampleCourt.LogKey, SampleCourt.CommandKey, SampleCourt.StationKey).AsMap().Where(e => e.Key.AsText() != key));
        var statement = new StatementDraft { Issuer = SampleCourt.Court, Subject = SampleCourt.Origin, Kind = CourtGenesis.Kind, TimeMs = 0, Body = body }.Sign(SampleCourt.CommandKey);

        Assert.False(CourtGenesis.TryRead(statement, out _, out var detail));
        Assert.Contains(key, detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_is_twelve_groups_of_five_digits_and_is_another_for_another_genesis()
    {
        Assert.Matches("^([0-9]{5} ){11}[0-9]{5}$", s_court.Fingerprint);
        Assert.Equal("94107 03868 29144 01973 31203 17161 62674 38484 85143 64162 35120 61212", s_court.Fingerprint);
    }

    private static bool Parse(CborValue value, out string detail) => CourtRoster.TryParse(value.Encode(), out _, out detail);

    private static CborValue List(params Statement[] statements) =>
        CborValue.Array(CborValue.Integer(1), CborValue.Array([.. statements.Select(s => CborValue.Bytes(s.Bytes.ToArray()))]));
}
