using Cinnabar.Evidence.Statements;
using Cinnabar.Seal.Custody;
using Cinnabar.Seal.Reflex;
using Cinnabar.Seal.Voice;

namespace Cinnabar.Seal.Commands;

/// <summary>Does what a checked command says, through the same custody that the sensors speak to.</summary>
/// <param name="live">Switches the live picture.</param>
internal sealed class CommandHands(DoorReflex reflex, Speaker speaker, bool hasCamera, Action<bool> live, TimeProvider time)
{
    private static readonly string[] s_settingsFrame = ["device", "version", "legal_until", "languages", "not_before", "not_after"];

    private DateTimeOffset? _legalUntil;
    private long _legalUntilStatedMs;

    /// <exception cref="FormatException">The body lacks something or holds it in another form.</exception>
    public async Task<CommandAnswer> ObeyAsync(Statement command) => command.Kind switch
    {
        CommandKinds.SirenOff => Take(new Reading.SirenOff(Now(), Officer(command)), refusalKind: null),
        CommandKinds.Speak => await SpeakAsync(command),
        CommandKinds.Pictures => Pictures(command),
        CommandKinds.Disarm => Take(new Reading.Disarm(Now(), command.Body.TextOrNull("reason") ?? "by the court"), refusalKind: null),
        CommandKinds.Arm => Arm(command),
        CommandKinds.Live => Live(command),
        CommandKinds.Grant => Grant(command),
        CommandKinds.Settings => Settings(command),
        _ => CommandAnswer.Cannot("unknown to this version"),
    };

    /// <summary>Takes up, after a restart, what was obeyed before it. What was stated then is not stated again.</summary>
    public CommandAnswer Restore(Statement order)
    {
        switch (order.Kind)
        {
            case CommandKinds.Settings:
                return Settings(order);
            case CommandKinds.Arm:
                // A seal that was renewed after it was armed has its end from the settings.
                var own = order.Body.IntegerOrNull("legal_until") is { } ms ? Date(ms) : (DateTimeOffset?)null;
                if ((_legalUntilStatedMs > order.TimeMs ? _legalUntil ?? own : own ?? _legalUntil) is not { } end)
                {
                    return CommandAnswer.Refused("no legal basis: no settings with legal_until");
                }

                reflex.Take(new Reading.ArmRestored(Now(), end));
                break;
            case CommandKinds.Grant:
                reflex.Take(new Reading.GrantRestored(Now(), GrantOf(order)));
                break;
        }

        return CommandAnswer.Done;
    }

    private static string Officer(Statement command) => command.Body.TextOrNull("officer") ?? command.Body.TextOrNull("by") ?? command.Issuer;

    private Moment Now() => Moment.Of(time);

    /// <summary>Custody decides; where it records a refusal, that is the answer.</summary>
    private CommandAnswer Take(Reading reading, string? refusalKind)
    {
        var refused = reflex.Take(reading).Facts.FirstOrDefault(fact => fact.Kind == refusalKind);
        return refused is null ? CommandAnswer.Done : CommandAnswer.Refused(refused.Field("reason") ?? "refused by custody");
    }

    private CommandAnswer Arm(Statement command)
    {
        var end = command.Body.IntegerOrNull("legal_until") is { } ms ? Date(ms) : _legalUntil;
        return end is null
            ? CommandAnswer.Refused("no legal basis: no settings with legal_until yet")
            : Take(new Reading.Arm(Now(), end.Value), FactKinds.ArmRefused);
    }

    private CommandAnswer Grant(Statement command) => Take(new Reading.GrantGiven(Now(), GrantOf(command)), FactKinds.GrantRefused);

    private static OpeningGrant GrantOf(Statement command) => new(
        command.Hash.ToString(), command.Body["officer"].AsText(), Date(command.Body["not_before"].AsInteger()), Date(command.Body["not_after"].AsInteger()));

    private static string[]? LanguagesOf(Statement command) =>
        command.Body.TryGet("languages", out var listed) ? [.. listed.AsArray().Select(language => language.AsText())] : null;

    private CommandAnswer Settings(Statement command)
    {
        var thresholds = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (key, value) in command.Body.AsMap())
        {
            if (!s_settingsFrame.Contains(key.AsText()))
            {
                thresholds[key.AsText()] = value.AsInteger();
            }
        }

        // The document is whole: what it does not name has its default, whatever an earlier one said.
        var (settings, errors) = new CustodySettings().Apply(thresholds);
        var languages = LanguagesOf(command);
        if (languages is not null && speaker.RefusalOf(languages) is { } refusal)
        {
            errors = errors.Add(refusal);
        }

        if (!errors.IsEmpty)
        {
            return CommandAnswer.Refused(string.Join("; ", errors));
        }

        var end = command.Body.IntegerOrNull("legal_until") is { } ms ? Date(ms) : (DateTimeOffset?)null;
        reflex.Apply(settings);
        speaker.SpeakIn(languages);
        if (end is not null)
        {
            (_legalUntil, _legalUntilStatedMs) = (end, command.TimeMs);
            reflex.Take(new Reading.LegalEndSet(Now(), end.Value));
        }

        return CommandAnswer.Done;
    }

    private async Task<CommandAnswer> SpeakAsync(Statement command)
    {
        if (SilentBecause() is { } reason)
        {
            return CommandAnswer.Refused(reason);
        }

        if (command.Body.IntegerOrNull("stage") is { } stage)
        {
            return stage is < 1 or > 3 ? CommandAnswer.Refused("stage is 1 to 3")
                : speaker.Speak((int)stage, reflex.Loudness) ? CommandAnswer.Done
                : CommandAnswer.Cannot("the voice is busy, or not ready");
        }

        try
        {
            return await speaker.SayAsync(command.Body["text"].AsText(), command.Body.TextOrNull("language") ?? "zh")
                ? CommandAnswer.Done
                : CommandAnswer.Cannot("too many words wait");
        }
        catch (ArgumentException e)
        {
            return CommandAnswer.Refused(e.Message);
        }
        catch (IOException e)
        {
            return CommandAnswer.Cannot(e.Message);
        }
    }

    private CommandAnswer Pictures(Statement command)
    {
        if (!hasCamera)
        {
            return CommandAnswer.Cannot("no camera");
        }

        if (reflex.Posture is Posture.Disarmed or Posture.Lapsed)
        {
            return CommandAnswer.Refused("no legal basis");
        }

        reflex.Ask(new CameraOrder.PicturesAsked(command.Hash, Now()));
        return CommandAnswer.Done;
    }

    private CommandAnswer Live(Statement command)
    {
        var on = !command.Body.TryGet("on", out var value) || value.AsBoolean();
        if (on && !hasCamera)
        {
            return CommandAnswer.Cannot("no camera");
        }

        if (on && reflex.Posture is Posture.Disarmed or Posture.Lapsed)
        {
            return CommandAnswer.Refused("no legal basis");
        }

        live(on);
        return CommandAnswer.Done;
    }

    private string? SilentBecause() => reflex.Posture switch
    {
        Posture.Opening => "authorised opening",
        Posture.Disarmed or Posture.Lapsed => "no legal basis",
        _ => null,
    };

    private static DateTimeOffset Date(long ms) =>
        ms is >= 0 and <= 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : throw new FormatException($"{ms} is no time in milliseconds.");
}
