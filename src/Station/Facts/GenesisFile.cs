using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Keys;

namespace Cinnabar.Station.Facts;

/// <summary>The genesis statement as <c>init</c> wrote it: the log's entry 0, and the roster that verifiers pin.</summary>
internal static class GenesisFile
{
    private const string Name = "genesis.cose";

    public static Statement Create(string dataDirectory, CourtIdentity court, StationKeys keys, DateTimeOffset now)
    {
        var statement = new StatementDraft
        {
            Issuer = court.CourtIssuer,
            Subject = court.Origin,
            Kind = "court.genesis",
            TimeMs = now.ToUnixTimeMilliseconds(),
            Body = CborValue.Map(
                ("court", CborValue.Text(court.Name)), ("court_en", CborValue.Text(court.NameEnglish)), ("code", CborValue.Text(court.Code)),
                ("origin", CborValue.Text(court.Origin)),
                ("epoch", CborValue.Integer(1)), ("n", CborValue.Integer(1)), ("q", CborValue.Integer(1)),
                ("log_key", keys.Log.PublicKey.ToCbor()), ("command_key", keys.Court.PublicKey.ToCbor()),
                ("station_key", keys.Station.PublicKey.ToCbor())),
        }.Sign(keys.Court);
        File.WriteAllBytes(Path.Combine(dataDirectory, Name), statement.Bytes.ToArray());
        return statement;
    }

    /// <exception cref="InvalidDataException">The file is not a statement.</exception>
    public static GenesisFact Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        return Statement.TryParse(File.ReadAllBytes(path), out var statement, out var detail) == StatementVerdict.Valid
            ? new GenesisFact(statement!)
            : throw new InvalidDataException($"{path} is no statement: {detail}");
    }
}
