namespace Cinnabar.Registry;

/// <summary>The dated tables that ship inside the assembly: law is data (design 2.11).</summary>
internal static class Tables
{
    public static Stream Read(string name) =>
        typeof(Tables).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"{name} is not in the assembly.");
}
