using Cinnabar.Evidence.Cose;
using Cinnabar.Seal.Keys;

namespace Cinnabar.Seal.Tests.Keys;

public sealed class KeyFolderTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("cinnabar-keys-").FullName;

    private string Folder => Path.Combine(_parent, "keys");

    private string KeyPath => Path.Combine(Folder, KeyFolder.KeyFileName);

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void NewKey_IsPrivateAndReadsBack()
    {
        var made = KeyFolder.Generate(Folder);
        using var key = KeyFolder.Load(Folder);
        Assert.Equal(made, CoseKey.From(key));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        Assert.Equal([KeyPath], Directory.GetFiles(Folder));
    }

    [Fact]
    public void SecondKey_IsRefused()
    {
        KeyFolder.Generate(Folder);
        Assert.Contains("already", Refusal(() => KeyFolder.Generate(Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void KeyReadableByTheGroup_IsRefused()
    {
        KeyFolder.Generate(Folder);
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.Contains("0640", Refusal(() => KeyFolder.Load(Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void FolderOpenToOthers_IsRefused()
    {
        KeyFolder.Generate(Folder);
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_000_001);
        Assert.Contains("0701", Refusal(() => KeyFolder.Load(Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void KeyBehindALink_IsRefused()
    {
        KeyFolder.Generate(Folder);
        var elsewhere = Path.Combine(_parent, "elsewhere");
        File.Move(KeyPath, elsewhere);
        File.CreateSymbolicLink(KeyPath, elsewhere);
        Assert.Contains("symbolic link", Refusal(() => KeyFolder.Load(Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void KeyOfAnotherUser_IsRefused()
    {
        Assert.SkipUnless(Posix.EffectiveUser() == 0, "Only root can give a file away.");
        KeyFolder.Generate(Folder);
        using var chown = System.Diagnostics.Process.Start("chown", ["12345", KeyPath]);
        chown.WaitForExit();
        Assert.Contains("12345", Refusal(() => KeyFolder.Load(Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void MissingKey_IsRefusedByName()
    {
        Directory.CreateDirectory(Folder, (UnixFileMode)0b111_000_000);
        Assert.Contains(KeyPath, Refusal(() => KeyFolder.Load(Folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void MalformedKey_IsRefused()
    {
        KeyFolder.Generate(Folder);
        File.WriteAllText(KeyPath, "no key");
        Assert.Contains("PKCS #8", Refusal(() => KeyFolder.Load(Folder)), StringComparison.Ordinal);
    }

    private static string Refusal(Action act) => Assert.Throws<KeyRefusedException>(act).Message;
}
