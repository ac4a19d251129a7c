using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Seal.Commands;

/// <summary>
/// The checks between a command's arrival and its obedience. The station that carried it is not asked: the device obeys
/// signatures, not servers (design 2.9).
/// </summary>
/// <remarks>Not thread-safe: commands are checked one after the other.</remarks>
internal sealed class CommandGate(VerificationKey courtKey, string courtCode, string device, string sealNumber, SeenCommands seen)
{
    /// <summary>Longest window a command may have: what is seen is remembered as long.</summary>
    private const long WindowMsMax = 31L * 24 * 3600 * 1000;

    /// <summary>Version of the settings now in force.</summary>
    public long SettingsVersion { get; set; }

    /// <summary>Runs every check; the first that fails is the answer.</summary>
    /// <param name="command">Set when the command is to be obeyed; it is then remembered already.</param>
    /// <returns>Why it is refused, or null.</returns>
    public string? Check(ReadOnlySpan<byte> bytes, DateTimeOffset now, out Statement? command)
    {
        // 1. Canonical, and of the court.
        var refusal = CheckSigned(bytes, out var signed) ?? CheckFit(signed!, now.ToUnixTimeMilliseconds());
        command = refusal is null ? signed : null;
        return refusal;
    }

    /// <summary>Checks what was obeyed before and is taken up again after a restart: signature and address, but no window.</summary>
    public Statement? CheckAgain(ReadOnlySpan<byte> bytes) =>
        CheckSigned(bytes, out var command) is null && command!.Subject == sealNumber && command.Body.TextOrNull("device") == device ? command : null;

    private string? CheckSigned(ReadOnlySpan<byte> bytes, out Statement? command)
    {
        var verdict = Statement.TryParse(bytes, out command, out var detail);
        return verdict != StatementVerdict.Valid ? $"{verdict}: {detail}"
            : command!.Check(courtKey) is var check and not StatementVerdict.Valid ? $"{check}"
            : command.Issuer != "court:" + courtCode ? $"issuer is {command.Issuer}"
            : !CommandKinds.IsKnown(command.Kind) ? $"unknown kind {command.Kind}"
            : null;
    }

    private string? CheckFit(Statement command, long nowMs)
    {
        try
        {
            return CheckBody(command, nowMs);
        }
        catch (FormatException e)
        {
            return "malformed: " + e.Message;
        }
    }

    private string? CheckBody(Statement command, long nowMs)
    {
        // 2. Addressed to this device at this door.
        if (command.Subject != sealNumber || command.Body["device"].AsText() != device)
        {
            return "addressed to another seal";
        }

        // 3. Settings are kept from coming back by their version, everything else by its window and by being remembered.
        if (command.Kind == CommandKinds.Settings)
        {
            var version = command.Body["version"].AsInteger();
            return version <= SettingsVersion ? $"version {version} is not newer than {SettingsVersion}" : null;
        }

        var (from, until) = (command.Body["not_before"].AsInteger(), command.Body["not_after"].AsInteger());
        if (until <= from || until - from > WindowMsMax)
        {
            return "window ends before it begins, or is longer than 31 days";
        }

        // 4. A grant is given ahead of its window; custody keeps to the window itself.
        if (nowMs >= until)
        {
            return "expired";
        }

        if (nowMs < from && command.Kind != CommandKinds.Grant)
        {
            return "not yet valid";
        }

        // 5. Once.
        if (seen.Contains(command.Hash))
        {
            return "seen before";
        }

        return seen.TryAdd(command.Hash, until, nowMs) ? null : "too many commands remembered";
    }
}
