using System.Security.Cryptography;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Seal.Commands;
using Cinnabar.Seal.Tests.EndToEnd;

namespace Cinnabar.Seal.Tests.Commands;

public sealed class CommandGateTests : IDisposable
{
    private const string Device = "d-1";
    private const string Number = "S-1";

    private readonly TestCourt _court = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("cinnabar-gate-").FullName;
    private readonly VerificationKey _key;
    private readonly CommandGate _gate;

    public CommandGateTests()
    {
        _key = new VerificationKey(_court.CommandKey);
        _gate = NewGate();
    }

    public void Dispose()
    {
        _key.Dispose();
        _court.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void GenuineCommand_IsObeyedOnce()
    {
        var command = _court.Command(CommandKinds.SirenOff, Device, Number);
        Assert.Null(Check(command.Bytes));
        Assert.Equal("seen before", Check(command.Bytes));
    }

    [Fact]
    public void CommandSeenBeforeARestart_IsRefusedAfterIt()
    {
        var command = _court.Command(CommandKinds.SirenOff, Device, Number);
        Assert.Null(Check(command.Bytes));
        Assert.Equal("seen before", NewGate().Check(command.Bytes.Span, DateTimeOffset.UtcNow, out _));
    }

    [Fact]
    public void OneFlippedBit_IsRefused()
    {
        var bytes = _court.Command(CommandKinds.SirenOff, Device, Number).Bytes.ToArray();
        bytes[^1] ^= 1;
        Assert.Contains("Signature", Check(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void TrailingByte_IsRefused()
    {
        byte[] bytes = [.. _court.Command(CommandKinds.SirenOff, Device, Number).Bytes.Span, 0];
        Assert.Contains("NotCanonical", Check(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherKey_IsRefused()
    {
        using var stranger = new EcdsaSigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        Assert.Equal("KeyMismatch", Check(_court.Sign(CommandKinds.SirenOff, Number, Window(0, 60), stranger).Bytes));
    }

    [Fact]
    public void AnotherIssuer_IsRefused() =>
        Assert.Contains("issuer", Check(_court.Sign(CommandKinds.SirenOff, Number, Window(0, 60), issuer: "station:T1").Bytes), StringComparison.Ordinal);

    [Fact]
    public void UnknownKind_IsRefused() =>
        Assert.Contains("unknown kind", Check(_court.Sign("command.explode", Number, Window(0, 60)).Bytes), StringComparison.Ordinal);

    [Fact]
    public void AnotherDevice_IsRefused() =>
        Assert.Equal("addressed to another seal", Check(_court.Command(CommandKinds.SirenOff, "d-2", Number).Bytes));

    [Fact]
    public void AnotherSeal_IsRefused() =>
        Assert.Equal("addressed to another seal", Check(_court.Command(CommandKinds.SirenOff, Device, "S-2").Bytes));

    [Fact]
    public void NoDevice_IsRefused()
    {
        var body = CborValue.Map(("not_before", CborValue.Integer(0)), ("not_after", CborValue.Integer(long.MaxValue)));
        Assert.Contains("device", Check(_court.Sign(CommandKinds.SirenOff, Number, body).Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void NoWindow_IsRefused() =>
        Assert.Contains("not_before", Check(_court.Sign(CommandKinds.SirenOff, Number, CborValue.Map(("device", CborValue.Text(Device)))).Bytes), StringComparison.Ordinal);

    [Fact]
    public void Expired_IsRefused() => Assert.Equal("expired", Check(_court.Sign(CommandKinds.SirenOff, Number, Window(-60, -1)).Bytes));

    [Fact]
    public void TooEarly_IsRefused() => Assert.Equal("not yet valid", Check(_court.Sign(CommandKinds.SirenOff, Number, Window(1, 60)).Bytes));

    [Fact]
    public void GrantAheadOfItsWindow_IsTaken() => Assert.Null(Check(_court.Sign(CommandKinds.Grant, Number, Window(1, 60)).Bytes));

    [Fact]
    public void WindowOfAYear_IsRefused() =>
        Assert.Contains("31 days", Check(_court.Sign(CommandKinds.SirenOff, Number, Window(-1, 60 * 24 * 365)).Bytes), StringComparison.Ordinal);

    [Fact]
    public void SettingsNotNewer_AreRefused()
    {
        _gate.SettingsVersion = 7;
        Assert.Contains("not newer", Check(Settings(7).Bytes), StringComparison.Ordinal);
        Assert.Null(Check(Settings(8).Bytes));
    }

    [Fact]
    public void StandingOrderEditedOnDisk_IsNotTakenUp()
    {
        var orders = new StandingOrders(_folder);
        Assert.Null(orders.Keep(Settings(1)));
        Assert.Null(orders.Keep(_court.Command(CommandKinds.Arm, Device, Number)));
        Assert.Equal([CommandKinds.Settings, CommandKinds.Arm], orders.Read(_gate).Select(order => order.Kind));

        using var stranger = new EcdsaSigningKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var forged = _court.Sign(CommandKinds.Disarm, Number, Window(0, 60), stranger);
        File.WriteAllBytes(Path.Combine(_folder, "posture.cose"), forged.Bytes.ToArray());
        Assert.Equal([CommandKinds.Settings], orders.Read(_gate).Select(order => order.Kind));
    }

    private CommandGate NewGate() => new(_key, TestCourt.Code, Device, Number, SeenCommands.Open(Path.Combine(_folder, "seen")));

    private string? Check(ReadOnlyMemory<byte> bytes)
    {
        var refusal = _gate.Check(bytes.Span, DateTimeOffset.UtcNow, out var command);
        Assert.Equal(refusal is null, command is not null);
        return refusal;
    }

    private Evidence.Statements.Statement Settings(long version) => _court.Sign(
        CommandKinds.Settings, Number, CborValue.Map(("device", CborValue.Text(Device)), ("version", CborValue.Integer(version))));

    private static CborValue Window(int fromMinutes, int untilMinutes)
    {
        var now = DateTimeOffset.UtcNow;
        return CborValue.Map(
            ("device", CborValue.Text(Device)), ("officer", CborValue.Text("li")),
            ("not_before", CborValue.Integer(now.AddMinutes(fromMinutes).ToUnixTimeMilliseconds())),
            ("not_after", CborValue.Integer(now.AddMinutes(untilMinutes).ToUnixTimeMilliseconds())));
    }
}
