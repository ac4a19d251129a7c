using System.CommandLine;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Sqlite;
using Cinnabar.Ledger.Storage;
using Cinnabar.Station.Courts;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;

namespace Cinnabar.Station.Setup;

/// <summary><c>cinnabar-station court seal</c>: this court vouches no more in the epoch in force, and says what it holds of every log.</summary>
internal static class CourtSealCommand
{
    public static Command Create(Option<DirectoryInfo> data, TimeProvider time)
    {
        var output = CourtCommand.Out("The seals, for whoever proposes the next epoch");
        var command = new Command("seal", "End the epoch at this court: it vouches for nothing more until the next one is adopted") { data, output };
        CourtCommand.SetWork(command, (parsed, said) =>
        {
            var court = OwnCourt.Open(parsed.GetRequiredValue(data));
            var file = parsed.GetRequiredValue(output);
            CourtFiles.RefuseExisting(file);
            var seals = Seal(court, time.GetUtcNow().ToUnixTimeMilliseconds(), said);
            CourtFiles.Write(file, CourtFiles.EncodeStatements(seals));
            said.WriteLine($"{court.Genesis.Code} vouches for nothing more in epoch {court.Governance!.Current.Number}. Written to {file.FullName}; start the station again, and send the file to whoever proposes epoch {court.NextEpoch}.");
        });
        return command;
    }

    private static List<Statement> Seal(OwnCourt court, long timeMs, TextWriter said)
    {
        var (governance, self) = court.Governance?.Current.Find(court.Genesis.Origin) is { } member
            ? (court.Governance, member)
            : throw new CourtRefusedException($"{court.Genesis.Code} with {court.Genesis.Origin} is in no epoch that it has adopted, so there is nothing to seal.");
        var epoch = governance.Current;
        using var keys = StationKeys.Open(court.Folder);
        using var cosigner = CosignerKeys.Open(court.Folder, epoch.Number);
        using var verifier = new EpochVerifier(epoch);
        using var own = OpenOwn(court.Folder);
        using var memory = SqliteCourtMemory.Open(Path.Combine(court.Folder, "courts", "memory.db"));
        var seat = new CourtSeat(governance, verifier, self, cosigner.ToCosigner(self.Origin));
        using var mirrors = new CourtMirrors(court.Folder, seat, Hearing.Of(seat), memory);
        Statement Sign(string origin, ReadOnlyMemory<byte> note) => LogSeal.Sign(epoch, origin, note, self.Code, keys.Court, timeMs);

        List<Statement> seals = [SealOwn(memory, seat, Sign(self.Origin, own?.ReadLastCheckpoint()))];
        foreach (var mirror in mirrors.All)
        {
            var status = mirror.Status;
            if (status.Trouble.Length > 0)
            {
                said.WriteLine($"NOT sealed: {mirror.Origin}: {status.Trouble} The seals of the other courts may suffice.");
                continue;
            }

            seals.Add(Parse(mirror.Seal(_ => Sign(mirror.Origin, status.Note).Bytes)));
        }

        foreach (var seal in seals)
        {
            said.WriteLine($"sealed: {seal.Subject}, {seal.Body["size"].AsInteger()} entries, root {seal.Body["root"].AsDigest()}");
        }

        return seals;
    }

    /// <summary>Takes the writer's lock on the court's log: a running station knows of no promise that is made beside it.</summary>
    private static SqliteLogStore? OpenOwn(string folder)
    {
        var file = Path.Combine(folder, FactsModule.LogFile);
        try
        {
            return File.Exists(file) ? SqliteLogStore.Open(file) : null;
        }
        catch (LogStoreException e) when (e.Failure == LogStoreFailure.Conflict)
        {
            throw new CourtRefusedException($"The station runs. Stop it, seal, and start it again: it goes on taking statements, and nothing becomes final until the next epoch. ({e.Message})");
        }
    }

    /// <summary>The promise for one's own log, kept where the station looks for it; the first one where it was made before.</summary>
    private static Statement SealOwn(SqliteCourtMemory memory, CourtSeat seat, Statement signed)
    {
        memory.SaveSeal(seat.Self.Origin, seat.Epoch.Number, signed.Bytes);
        return Parse(memory.ReadSeal(seat.Self.Origin, seat.Epoch.Number)!);
    }

    private static Statement Parse(ReadOnlyMemory<byte> bytes) => Statement.TryParse(bytes.Span, out var statement, out var detail) == StatementVerdict.Valid
        ? statement!
        : throw new InvalidDataException($"courts/memory.db holds a seal that is none: {detail}");
}
