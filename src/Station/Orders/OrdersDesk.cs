using System.Globalization;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Registry;
using Cinnabar.Registry.Cases;
using Cinnabar.Registry.Periods;
using Cinnabar.Registry.Seals;
using Cinnabar.Registry.States;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Media;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Orders;

/// <summary>Makes orders and moves seals through their legal life; each step is a statement under the court's key.</summary>
/// <remarks>One request at a time: two clerks must not take one step twice.</remarks>
internal sealed class OrdersDesk(
    SealBoard board, PrivateRecords records, OrdersStore store, FactWriter writer, ContentStore content, CourtIdentity court, TimeProvider time)
{
    private readonly Lock _desk = new();

    /// <summary>Issues an order and mints its seal number, which is the subject of the answer's fact.</summary>
    public DeskAnswer Issue(OrderDraft draft, string by)
    {
        if (OrderForm.Check(draft, out var number) is { } wrong)
        {
            return wrong;
        }

        var today = LegalTime.DateOf(time.GetUtcNow());
        if (PeriodTable.Check(draft.Category!.Value, draft.From!.Value, draft.Until, today) is { } refusal)
        {
            return new DeskAnswer.Refused(refusal);
        }

        var record = PrivateRecord.Create(OrderForm.Property(draft), OrderForm.Parties(draft));
        lock (_desk)
        {
            var twin = board.Seals.FirstOrDefault(s => s.CaseNumber == number!.ToString() && s.Legal is { } legal && LegalStates.IsInForce(legal)
                && IsSameDoor(records.Of(s.SealNumber)?.Property, record.Property));
            if (twin is not null)
            {
                return new DeskAnswer.Conflict($"The same property is under seal {twin.SealNumber} in this case. Describe another door differently.");
            }

            var seal = Mint(today.Year);
            records.Keep(seal, record);
            return Done(writer.Court("order.issued", seal, CborValue.Map(
                ("case", CborValue.Text(number!.ToString())), ("category", CborValue.Text(SealViews.Camel(draft.Category.Value))),
                ("from", Date(draft.From.Value)), ("until", Date(draft.Until!.Value)),
                ("commitment", CborValue.Bytes(record.Commitment)), ("by", CborValue.Text(by))),
                new HashedData(record.PropertyCommitment, "application/cbor")));
        }
    }

    /// <summary>Files the ruling. Its name in the log is the case number: the name of a file may hold the name of a person.</summary>
    public DeskAnswer FileRuling(string number, ReadOnlySpan<byte> pdf, string by)
    {
        if (Find(number) is not { } seal)
        {
            return new DeskAnswer.Unknown();
        }

        if (!pdf.StartsWith("%PDF-"u8))
        {
            return OrderForm.Malformed("file", "a PDF file");
        }

        var digest = content.Put(pdf);
        return Done(writer.Court(
            "order.ruling", number, CborValue.Map(("name", CborValue.Text(seal.CaseNumber + ".pdf")), ("by", CborValue.Text(by))),
            new HashedData(digest, "application/pdf")));
    }

    /// <summary>Records the mounted seal: frame and baseline photo.</summary>
    /// <param name="photo">JPEG, or null.</param>
    public DeskAnswer Install(string number, Installation installation, byte[]? photo, string by)
    {
        if (Find(number) is not { } seal)
        {
            return new DeskAnswer.Unknown();
        }

        if (OrderForm.Check(installation.Frame) is { } wrong)
        {
            return wrong;
        }

        if (photo is not null && !photo.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]))
        {
            return OrderForm.Malformed("photo", "a JPEG picture");
        }

        if (seal.DeviceId is null || installation.DeviceId != seal.DeviceId || installation.Frame!.DeviceId is { Length: > 0 } framed && framed != seal.DeviceId)
        {
            return new DeskAnswer.Conflict($"Device {installation.DeviceId} is not enrolled for this seal.");
        }

        Digest? hash = photo is null ? null : content.Put(photo);
        return Step(number, LegalEvent.Install, () => writer.Court("order.installed", number, CborValue.Map(
            ("device", CborValue.Text(seal.DeviceId)), ("frame", Frame(installation.Frame!)),
            ("photo", hash is { } h ? CborValue.Bytes(h) : null), ("by", CborValue.Text(by)))));
    }

    /// <summary>Arms, disarms, lifts or removes.</summary>
    public DeskAnswer Move(string number, LegalEvent what, string? reason, string by)
    {
        if (Find(number) is not { } seal)
        {
            return new DeskAnswer.Unknown();
        }

        if ((OrderForm.CheckReason(reason) ?? CheckPublic("reason", reason, seal)) is { } wrong)
        {
            return wrong;
        }

        if (what == LegalEvent.Arm && seal.Ruling is null)
        {
            return new DeskAnswer.Refused(new RuleRefusal("N1", "查封规定第一条 / SF 1", new BilingualText(
                "尚未上传查封裁定书，不得布防。", "No ruling is filed: a seal is not armed without one."), null));
        }

        if (what == LegalEvent.Arm && LegalTime.EndOf(seal.Until) <= time.GetUtcNow())
        {
            return new DeskAnswer.Refused(PeriodTable.Check(seal.Category, seal.From, seal.Until, LegalTime.DateOf(time.GetUtcNow()))!);
        }

        return Step(number, what, () => writer.Court(KindOf(what), number, CborValue.Map(
            ("reason", CborValue.Text(reason!.Trim())), ("by", CborValue.Text(by)))));
    }

    /// <summary>States that a seal's last day has passed; P4: the effect ends by itself, nobody decides it.</summary>
    public DeskAnswer Lapse(SealState seal) => Step(seal.SealNumber, LegalEvent.Lapse, () => writer.Court(
        "order.lapsed", seal.SealNumber, CborValue.Map(("until", Date(seal.Until)))));

    /// <summary>Forgets the people and the property of an ended order; what was proven stays proven.</summary>
    public DeskAnswer Erase(string number, string by)
    {
        if (Find(number) is not { } seal)
        {
            return new DeskAnswer.Unknown();
        }

        if (LegalStates.IsInForce(seal.Legal!.Value))
        {
            return new DeskAnswer.Conflict("The order is in force; its people must still be reached.");
        }

        lock (_desk)
        {
            if (Find(number)!.Erased)
            {
                return new DeskAnswer.Conflict("Already erased.");
            }

            // Erased first: a crash in between is made good by asking again, and the log never says what is not so.
            records.Erase(number);
            return Done(writer.Court("order.erased", number, CborValue.Map(("by", CborValue.Text(by)))));
        }
    }

    /// <summary>Refuses a text for the log that tells what the order's private record holds.</summary>
    public DeskAnswer? CheckPublic(string field, string? text, SealState seal) => OrderForm.CheckPublic(field, text, records.Of(seal.SealNumber));

    public SealState? Find(string number) => board.Seal(number) is { Legal: not null } seal ? seal : null;

    /// <summary>Writes a fact that the board shows at once.</summary>
    public DeskAnswer.Done Done(WrittenFact fact)
    {
        board.Take(fact.Statement, time.GetUtcNow());
        return new DeskAnswer.Done(fact);
    }

    private DeskAnswer Step(string number, LegalEvent what, Func<WrittenFact> write)
    {
        lock (_desk)
        {
            return Find(number)?.Legal is { } legal && LegalStates.Next(legal, what) is not null
                ? Done(write())
                : new DeskAnswer.Conflict($"A seal that is {Find(number)?.Legal} cannot take the step {what}.");
        }
    }

    private string Mint(int year)
    {
        if (!CourtCode.TryParse(court.Code, out var code))
        {
            throw new InvalidOperationException($"The court's code {court.Code} is no court code.");
        }

        var highest = board.Seals
            .Select(s => SealNumber.TryParse(s.SealNumber, out var n) && n.Year == year ? n.Serial : 0)
            .DefaultIfEmpty().Max();
        return SealNumber.Create(code, year, store.NextSerial(year, highest)).ToString();
    }

    private static string KindOf(LegalEvent what) => what switch
    {
        LegalEvent.Arm => "order.armed",
        LegalEvent.Suspend => "order.disarmed",
        LegalEvent.Lift => "order.lifted",
        LegalEvent.Remove => "order.removed",
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "Not a step of the desk."),
    };

    private static CborValue Date(DateOnly date) => CborValue.Text(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static bool IsSameDoor(SealProperty? one, SealProperty other) => one?.Address == other.Address && one.Description == other.Description;

    private static CborValue Frame(Frame frame) => CborValue.Map(
        ("folded_width_mm", CborValue.Integer(frame.FoldedWidthMm)), ("extended_width_mm", CborValue.Integer(frame.ExtendedWidthMm)),
        ("slots", CborValue.Array([.. frame.Slots.Select(s => CborValue.Integer(s))])),
        ("loop", frame.Loop is { } loop ? CborValue.Map(("from_mm", CborValue.Integer(loop.FromMm)), ("to_mm", CborValue.Integer(loop.ToMm))) : null),
        ("door_width_mm", CborValue.Integer(frame.DoorWidthMm)), ("door_height_mm", CborValue.Integer(frame.DoorHeightMm)));
}
