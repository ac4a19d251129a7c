using System.Net;
using System.Text;
using System.Text.Json;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Shared;
using Cinnabar.Station.Tests.Console;
using Microsoft.Extensions.DependencyInjection;

namespace Cinnabar.Station.Tests.Orders;

/// <summary>An order full of personal data, played from the ruling to the answer, and the means to look for it.</summary>
internal static class PrivateCase
{
    public const string Address = "北京市朝阳区永安东里8号1201室";
    public const string DeskPhone = "+8613800000009";

    private const string JudgesPhone = "+8613900000001";

    public static IReadOnlyList<string> People { get; } =
    [
        "李法官", "王申请", "张债务", "赵执行", "13900000001", "13900000002", "13900000003", "13900000004", "wang@example.org",
    ];

    public static IReadOnlyList<string> Place { get; } = [Address, "永安东里", "主卧保险柜", "京房权证朝字第0001号"];

    /// <summary>A station with a duty desk that is warned by text message.</summary>
    public static Task<RunningStation> StartAsync(TextPhones phones) => RunningStation.StartAsync(Settings(phones));

    /// <summary>The same station again.</summary>
    public static Task<RunningStation> StartAsync(TextPhones phones, DirectoryInfo data) => RunningStation.StartAsync(data, owned: true, Settings(phones));

    public static Dictionary<string, object?> Draft() => OrderSamples.Draft()
        .With("property", new { address = Address, description = "主卧保险柜", division = "110105", registryNumber = "京房权证朝字第0001号" })
        .With("parties", new object[]
        {
            new { role = "judge", name = "李法官", phone = "+86 139 0000 0001", language = "zh" },
            new { role = "applicant", name = "王申请", phone = "13900000002", email = "wang@example.org", language = "zh" },
            new { role = "debtor", name = "张债务", phone = "13900000003", language = "zh" },
            new { role = "officer", name = "赵执行", phone = "13900000004", language = "zh" },
        });

    public static async Task<(string Seal, DoorDevice Door)> ArmAsync(RunningStation station, HttpClient judge)
    {
        var seal = (await judge.PostAsync("/api/seals", Draft(), HttpStatusCode.Created)).Text("sealNumber");
        await judge.UploadAsync(OrderSamples.Path(seal) + "/ruling", OrderSamples.Pdf, HttpStatusCode.OK);
        var door = await DoorDevice.EnrolAsync(station.Services, "CNB-0001", seal);
        await judge.PostAsync(OrderSamples.Path(seal) + "/install", new { deviceId = door.Id, frame = OrderSamples.Frame(door.Id) }, HttpStatusCode.OK);
        await judge.PostAsync(OrderSamples.Path(seal) + "/arm", new { reason = "安装完毕" }, HttpStatusCode.OK);
        return (seal, door);
    }

    /// <summary>Order, mounting, arming, a cut, warnings, and the judge's answer by phone.</summary>
    public static async Task<(string Seal, string Incident)> PlayAsync(RunningStation station, TextPhones phones, HttpClient judge)
    {
        var (seal, door) = await ArmAsync(station, judge);
        using (door)
        {
            await door.StateAsync("strip.cut", CborValue.Map(("level", CborValue.Integer(3))));
            var text = await phones.NextAsync(JudgesPhone);
            Assert.Contains(Address, text, StringComparison.Ordinal);
            var answered = await station.Browser().PostAsync(ApiOf(text) + "/acknowledge", new { }, HttpStatusCode.OK);
            Assert.Equal(Address, answered.Text("address"));
            var incident = (await judge.GetAsync("/api/incidents?open=true", HttpStatusCode.OK)).AsArray().Single()!;
            Assert.Equal((Address, "李法官"), (incident.Text("address"), incident.Text("acknowledgedBy")));

            // Judge, officer, applicant twice, desk: all that was owed to the log is in it.
            Eventually.Holds(
                () => Leaves(station) is var leaves && leaves.Count(l => l.Kind == "warning.result") >= 5 && leaves.Any(l => l.Kind == "incident.acknowledged"),
                "warnings and answer are in the log");
            return (seal, incident.Text("id"));
        }
    }

    public static string ApiOf(string text)
    {
        var start = text.IndexOf("https://seals.haidian.example/p/", StringComparison.Ordinal);
        return "/api" + new Uri(text[start..].Split(' ')[0]).AbsolutePath.Replace("/p/", "/phone/", StringComparison.Ordinal);
    }

    public static async Task EndAndEraseAsync(HttpClient admin, string seal)
    {
        await admin.PostAsync(OrderSamples.Path(seal) + "/lift", new { reason = "撤回" }, HttpStatusCode.OK);
        using var erased = await admin.DeleteAsync(OrderSamples.Path(seal) + "/private-record", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
    }

    public static List<Statement> Leaves(RunningStation station)
    {
        var log = station.Services.GetRequiredService<CourtLog>();
        var leaves = new List<Statement>();
        while (log.ReadEntries(leaves.Count, CourtLog.ReadEntriesMax) is { Count: > 0 } entries)
        {
            leaves.AddRange(entries.Select(e => Statement.TryParse(e.Bytes.Span, out var statement, out _) == StatementVerdict.Valid
                ? statement! : throw new InvalidDataException($"Entry {e.Index} is no statement.")));
        }

        return leaves;
    }

    public static string[] FilesThatHold(DirectoryInfo data, string secret) =>
        [.. data.EnumerateFiles("*", SearchOption.AllDirectories).Where(f => Holds(File.ReadAllBytes(f.FullName), secret)).Select(f => f.Name)];

    /// <summary>As it is, or as JSON writes it.</summary>
    public static bool Holds(ReadOnlySpan<byte> bytes, string secret) =>
        bytes.IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0 || bytes.IndexOf(JsonEncodedText.Encode(secret).EncodedUtf8Bytes) >= 0;

    private static (string Key, string Value)[] Settings(TextPhones phones) =>
    [
        .. phones.Settings, ("Alarms:Duty:0:Name", "duty.desk"), ("Alarms:Duty:0:Channel", "sms"), ("Alarms:Duty:0:Address", DeskPhone),
    ];
}
