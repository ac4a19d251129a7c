using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Cinnabar.Evidence;
using Cinnabar.Registry.Cases;
using Cinnabar.Registry.Periods;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Orders;

/// <summary>Checks what people enter before any rule of law is asked.</summary>
internal static partial class OrderForm
{
    public const int ReasonLengthMax = 500;

    public const int PartiesMax = 50;

    /// <summary>What a person of an order may be.</summary>
    public static readonly IReadOnlyList<string> Roles = ["applicant", "debtor", "judge", "clerk", "officer", "manager"];

    /// <summary>Null when the draft is complete and well formed.</summary>
    public static DeskAnswer? Check(OrderDraft draft, out CaseNumber? number)
    {
        number = null;
        if (!CaseNumber.TryParse(draft.CaseNumber, out number))
        {
            return new DeskAnswer.Refused(new RuleRefusal("CN", "法〔2015〕137号", new BilingualText(
                "案号格式不正确，例如：(2020)京0108执1234号。", "This is no case number; an example: (2020)京0108执1234号."), null));
        }

        return draft.Category is not { } category || !Enum.IsDefined(category) ? Malformed("category", "immovable, movable, deposit or other")
            : !IsText(draft.Property?.Address, 1, 300) ? Malformed("property.address", "1 to 300 characters")
            : !IsText(draft.Property!.Description ?? "", 0, 1000) ? Malformed("property.description", "at most 1000 characters")
            : draft.Property.Division is { Length: > 0 } division && !Division().IsMatch(division) ? Malformed("property.division", "six digits")
            : !IsText(draft.Property.RegistryNumber ?? "", 0, 100) ? Malformed("property.registryNumber", "at most 100 characters")
            : draft.From is null ? Malformed("from", "a date")
            : draft.Parties is { Count: > PartiesMax } ? Malformed("parties", $"at most {PartiesMax}")
            : (draft.Parties ?? []).Select(Check).FirstOrDefault(a => a is not null);
    }

    /// <summary>The property of a checked draft.</summary>
    public static SealProperty Property(OrderDraft draft) => new(
        draft.Property!.Address!.Trim(), draft.Property.Description?.Trim() ?? "", Blank(draft.Property.Division), Blank(draft.Property.RegistryNumber));

    /// <summary>The people of a checked draft, numbered.</summary>
    public static IReadOnlyList<SealParty> Parties(OrderDraft draft) => [.. (draft.Parties ?? []).Select((p, i) => new SealParty(
        string.Create(CultureInfo.InvariantCulture, $"p{i + 1}"), p.Role!, p.Name!.Trim(), Dialled(p.Phone), Blank(p.Email), p.Language ?? "zh"))];

    public static DeskAnswer? CheckReason(string? reason) =>
        IsText(reason, 1, ReasonLengthMax) ? null : Malformed("reason", $"1 to {ReasonLengthMax} characters");

    /// <summary>Refuses a text that would carry the private record into the log.</summary>
    /// <param name="record">Null when there is none, or none any more.</param>
    public static DeskAnswer? CheckPublic(string field, string? text, PrivateRecord? record) =>
        text is not null && record?.IsToldBy(text) == true
            ? Malformed(field, "a text without the names, numbers and address of the order, because everybody may read the log")
            : null;

    public static DeskAnswer? Check(Frame? frame) =>
        frame is null ? Malformed("frame", "the measured frame")
        : frame.FoldedWidthMm is < 1 or > 10_000 ? Malformed("frame.foldedWidthMm", "1 to 10000 mm")
        : frame.ExtendedWidthMm < frame.FoldedWidthMm || frame.ExtendedWidthMm > 10_000 ? Malformed("frame.extendedWidthMm", "from the folded width to 10000 mm")
        : frame.DoorWidthMm is < 1 or > 20_000 || frame.DoorHeightMm is < 1 or > 20_000 ? Malformed("frame.doorWidthMm", "1 to 20000 mm")
        : frame.Slots is null || frame.Slots.Count > 64 || frame.Slots.Any(s => s < 0 || s > frame.FoldedWidthMm) || frame.Slots.Zip(frame.Slots.Skip(1)).Any(p => p.First >= p.Second)
            ? Malformed("frame.slots", "at most 64 ascending positions within the folded body, in mm")
        : frame.Loop is { } loop && (loop.FromMm < 0 || loop.ToMm <= loop.FromMm || loop.ToMm > frame.ExtendedWidthMm)
            ? Malformed("frame.loop", "from before to, within the extended strip, in mm")
        : null;

    public static DeskAnswer.Malformed Malformed(string field, string expected) => new(field, $"Expected {expected}.");

    public static bool IsText(string? text, int min, int max) =>
        text is not null && text.Trim().Length >= min && text.Length <= max && !text.Any(c => char.IsControl(c) && c is not '\n' and not '\r');

    private static DeskAnswer.Malformed? Check(PartyDraft? party) =>
        party is null || !Roles.Contains(party.Role) ? Malformed("parties.role", string.Join(", ", Roles))
        : !IsText(party.Name, 1, 100) ? Malformed("parties.name", "1 to 100 characters")
        : Blank(party.Phone) is { } phone && !Phone().IsMatch(phone) ? Malformed("parties.phone", "a telephone number of 3 to 20 digits")
        : Blank(party.Email) is { } email && !(email.Length <= 200 && MailAddress.TryCreate(email, out var address) && address.Address == email) ? Malformed("parties.email", "an e-mail address")
        : party.Language is not (null or "zh" or "en") ? Malformed("parties.language", "zh or en")
        : null;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // Written with spaces for the eye; a text message gateway refuses those.
    private static string? Dialled(string? phone) =>
        Blank(phone)?.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^\+?[0-9][0-9 -]{2,24}$")]
    private static partial Regex Phone();

    [GeneratedRegex("^[0-9]{6}$")]
    private static partial Regex Division();
}
