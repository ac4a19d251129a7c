using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Registry;
using Cinnabar.Registry.Periods;
using Cinnabar.Registry.States;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Seals;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Orders;

/// <summary>What the court says to the device itself: postures, grants, commands of the moment. The seal checks each against the court's key.</summary>
internal sealed class SealCommands(SealBoard board, OrdersDesk desk, FactWriter writer, IOptions<OrdersOptions> options, TimeProvider time)
{
    private const int TextLengthMax = 200;

    private static readonly OrderedDictionary<string, (string Kind, bool Watching)> s_kinds = new(StringComparer.Ordinal)
    {
        ["sirenOff"] = ("command.siren_off", false), ["speak"] = ("command.speak", true), ["pictures"] = ("command.pictures", true),
    };

    private readonly Lock _postures = new();

    /// <summary>Commands that <see cref="Send"/> takes.</summary>
    public static IReadOnlyList<string> Kinds => s_kinds.Keys;

    /// <summary>Brings the device's orders in line with the law: a seal in force is armed, every other one rests.</summary>
    /// <remarks>
    /// Called after each step and by the sweep, so that a crash between the step and its command, or a window that a seal
    /// slept through, is made good. Does nothing when the last order still stands.
    /// </remarks>
    public void KeepPosture(string number)
    {
        lock (_postures)
        {
            if (board.Seal(number) is not { Legal: { } legal and not LegalState.Removed, DeviceId: { } device } seal)
            {
                return;
            }

            var wanted = LegalStates.MayWatch(legal) ? "command.arm" : "command.disarm";
            var end = LegalStates.IsInForce(legal) ? LegalTime.EndOf(seal.Until) : Earlier(time.GetUtcNow(), LegalTime.EndOf(seal.Until));
            var legalUntil = CborValue.Integer(end.ToUnixTimeMilliseconds());
            var settings = Wanted(device, legalUntil);
            if (Stands(seal.Posture, wanted, device) || (seal.Posture is null && wanted == "command.disarm"))
            {
                // The night or the languages were configured anew: a seal on watch hears of it without being armed anew.
                if (wanted == "command.arm" && seal.Settings != SealFacts.ContentOf(settings))
                {
                    desk.Done(Settings(seal, settings));
                }

                return;
            }

            desk.Done(Settings(seal, settings));
            desk.Done(writer.Court(wanted, number, Window(
                device, options.Value.PostureWindow, ("legal_until", wanted == "command.arm" ? legalUntil : null),
                ("reason", wanted == "command.arm" ? null : CborValue.Text(SealViews.Camel(legal))))));
        }
    }

    /// <summary>What this court wants of a seal. Thresholds that are not named keep the device's own defaults.</summary>
    private CborValue Wanted(string device, CborValue legalUntil)
    {
        var wanted = options.Value;
        return CborValue.Map([
            ("device", CborValue.Text(device)), ("legal_until", legalUntil),
            ("languages", CborValue.Array([.. wanted.VoiceLanguages.Split(' ').Select(CborValue.Text)])),
            ("night_from_min", Minute(wanted.NightFrom)), ("night_until_min", Minute(wanted.NightUntil)),
            ("utc_offset_min", CborValue.Integer((long)LegalTime.Offset.TotalMinutes)),
            ("night_siren_percent", CborValue.Integer(wanted.NightSirenPercent)),
            ("approach_quiet_s", CborValue.Integer((long)wanted.ApproachQuiet.TotalSeconds)),
            .. wanted.Thresholds.Select(threshold => (threshold.Key, (CborValue?)CborValue.Integer(threshold.Value)))]);

        static CborValue Minute(TimeOnly time) => CborValue.Integer((time.Hour * 60) + time.Minute);
    }

    private WrittenFact Settings(SealState seal, CborValue content) => writer.Court("settings", seal.SealNumber, CborValue.Map(
        content.AsMap().Append(new(CborValue.Text("version"), CborValue.Integer(seal.SettingsVersion + 1)))));

    public DeskAnswer Grant(string number, GrantDraft draft, string by)
    {
        if (desk.Find(number) is not { } seal)
        {
            return new DeskAnswer.Unknown();
        }

        if (draft.From is not { } from || draft.Until is not { } until || until <= from || until <= time.GetUtcNow() || until - from > options.Value.GrantMax)
        {
            return OrderForm.Malformed("until", $"an end in the future, after the start, at most {options.Value.GrantMax.TotalHours} hours later");
        }

        if (!OrderForm.IsText(draft.Officer, 1, 100))
        {
            return OrderForm.Malformed("officer", "1 to 100 characters");
        }

        if ((OrderForm.CheckReason(draft.Reason) ?? desk.CheckPublic("reason", draft.Reason, seal) ?? desk.CheckPublic("officer", draft.Officer, seal)) is { } wrong)
        {
            return wrong;
        }

        return seal is { Legal: LegalState.Armed, DeviceId: { } device }
            ? desk.Done(writer.Court("grant.opening", number, CborValue.Map(
                ("device", CborValue.Text(device)), ("not_before", CborValue.Integer(from.ToUnixTimeMilliseconds())),
                ("not_after", CborValue.Integer(until.ToUnixTimeMilliseconds())), ("officer", CborValue.Text(draft.Officer!.Trim())),
                ("reason", CborValue.Text(draft.Reason!.Trim())), ("by", CborValue.Text(by)))))
            : new DeskAnswer.Conflict("Only an armed seal is opened with a grant.");
    }

    public DeskAnswer Send(string number, CommandDraft draft, string by)
    {
        if (desk.Find(number) is not { } seal)
        {
            return new DeskAnswer.Unknown();
        }

        if (draft.Kind is null || !s_kinds.TryGetValue(draft.Kind, out var known))
        {
            return OrderForm.Malformed("kind", "sirenOff, speak or pictures");
        }

        var (kind, watching) = known;

        if (kind == "command.speak" && !(draft.Stage is >= 1 and <= 3 ^ OrderForm.IsText(draft.Text, 1, TextLengthMax)))
        {
            return OrderForm.Malformed("stage", $"either a stage from 1 to 3 or a text of at most {TextLengthMax} characters");
        }

        if (desk.CheckPublic("text", draft.Text, seal) is { } told)
        {
            return told;
        }

        if (seal.DeviceId is not { } device)
        {
            return new DeskAnswer.Conflict("No device is bound to this seal.");
        }

        // T12: without a legal basis the seal is mute and blind, and no officer can make it otherwise.
        if (watching && !LegalStates.MayWatch(seal.Legal!.Value))
        {
            return new DeskAnswer.Refused(new RuleRefusal("P4", "查封规定第二十七条 / SF 27", new BilingualText(
                "封条未在布防状态，喊话和拍照没有法律依据。", "The seal is not armed: there is no legal basis to speak or take pictures."), null));
        }

        return desk.Done(writer.Court(kind, number, Window(
            device, options.Value.CommandWindow, ("stage", draft.Stage is { } stage ? CborValue.Integer(stage) : null),
            ("text", draft.Text is { } text ? CborValue.Text(text.Trim()) : null), ("by", CborValue.Text(by)))));
    }

    /// <summary>States lapses that are due and repeats postures that are owed.</summary>
    public void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var seal in board.Seals)
        {
            if (seal.Legal is { } legal && LegalStates.IsInForce(legal) && seal.Until != default && LegalTime.EndOf(seal.Until) <= now)
            {
                desk.Lapse(seal);
            }

            KeepPosture(seal.SealNumber);
        }
    }

    private bool Stands(Posture? posture, string wanted, string device) =>
        posture is not null && posture.Kind == wanted && posture.Device == device
        && (posture.Answered || posture.NotAfterMs > time.GetUtcNow().ToUnixTimeMilliseconds());

    private CborValue Window(string device, TimeSpan length, params (string Key, CborValue? Value)[] more)
    {
        var now = time.GetUtcNow();
        return CborValue.Map([
            ("device", CborValue.Text(device)), ("not_before", CborValue.Integer((now - options.Value.ClockTolerance).ToUnixTimeMilliseconds())),
            ("not_after", CborValue.Integer((now + length).ToUnixTimeMilliseconds())), .. more]);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
