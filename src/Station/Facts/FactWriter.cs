using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Station.Keys;

namespace Cinnabar.Station.Facts;

/// <summary>Signs what the court, the station and its officers state, and hands it to the intake.</summary>
/// <remarks>Safe for concurrent use. What the log cannot take now waits in <see cref="UnsequencedFacts"/>.</remarks>
internal sealed class FactWriter(
    FactIntake intake, StationKeys keys, KeyRegister register, CourtIdentity court, UnsequencedFacts waiting, TimeProvider time)
{
    private const string OfficerPrefix = "officer:";

    private readonly Lock _enrolling = new();
    private readonly Dictionary<string, Task<AppendResult>> _enrolments = new(StringComparer.Ordinal);

    /// <summary>States what the station itself did or saw.</summary>
    public WrittenFact Station(string kind, string subject, CborValue body, HashedData? data = null) =>
        Write(Sign(keys.Station, court.StationIssuer, kind, subject, body, data));

    /// <summary>States what the court orders: the seal obeys this key only.</summary>
    public WrittenFact Court(string kind, string subject, CborValue body, HashedData? data = null) =>
        Write(Sign(keys.Court, court.CourtIssuer, kind, subject, body, data));

    /// <summary>States what an officer decided; the officer's key is vouched for first, where it is new.</summary>
    public WrittenFact Officer(string login, string kind, string subject, CborValue body) => Write(Sign(login, kind, subject, body));

    /// <summary>Signs without stating: for who must keep the bytes before the log has them.</summary>
    /// <param name="officer">Login when it is the officer's decision; null when the station speaks.</param>
    public Statement Sign(string? officer, string kind, string subject, CborValue body) => officer is null
        ? Sign(keys.Station, court.StationIssuer, kind, subject, body)
        : Sign(keys.Officer(officer), OfficerPrefix + officer, kind, subject, body);

    /// <summary>States what <see cref="Sign(string?, string, string, CborValue)"/> signed, in this run or one before. Again adds nothing.</summary>
    public Task<AppendResult> OfferAsync(Statement statement) => Write(statement).Sequencing;

    private Statement Sign(SigningKey key, string issuer, string kind, string subject, CborValue body, HashedData? data = null) => new StatementDraft
    {
        Issuer = issuer, Subject = subject, Kind = kind, TimeMs = time.GetUtcNow().ToUnixTimeMilliseconds(), Body = body, Data = data,
    }.Sign(key);

    private WrittenFact Write(Statement statement)
    {
        var enrolment = statement.Issuer.StartsWith(OfficerPrefix, StringComparison.Ordinal) ? Enrol(statement.Issuer[OfficerPrefix.Length..]) : null;

        // Verified as everybody else's: a key that the log does not know must not sign into it.
        return register.TryVerify(statement, out var verified, out var refusal) == StatementVerdict.Valid
            ? new WrittenFact(statement, SequenceAsync(new Fact(verified!, time.GetUtcNow()), enrolment))
            : throw new InvalidOperationException($"This station cannot speak for {statement.Issuer}: {refusal}");
    }

    private Task<AppendResult>? Enrol(string login)
    {
        var (issuer, key) = (OfficerPrefix + login, keys.Officer(login).PublicKey);
        lock (_enrolling)
        {
            if (register.Find(issuer)?.Equals(key) != true)
            {
                _enrolments[issuer] = Court("officer.enrolled", court.Origin, CborValue.Map(
                    ("officer", CborValue.Text(login)), ("key", key.ToCbor()))).Sequencing;
            }

            return _enrolments.GetValueOrDefault(issuer);
        }
    }

    /// <param name="after">What must stand in the log before: a key is vouched for before it speaks.</param>
    private async Task<AppendResult> SequenceAsync(Fact fact, Task<AppendResult>? after)
    {
        if (after is not null && await after is { IsSequenced: false } before)
        {
            waiting.Keep(fact.Statement);
            await intake.PublishAsync(fact, CancellationToken.None);
            return before;
        }

        var result = await intake.SubmitAsync(fact, CancellationToken.None);
        if (result.IsTransient)
        {
            waiting.Keep(fact.Statement);
        }
        else if (result.Refusal is { } refusal)
        {
            waiting.SetAside(fact.Statement.Hash.ToString(), fact.Statement.Bytes, refusal);
        }

        return result;
    }
}
