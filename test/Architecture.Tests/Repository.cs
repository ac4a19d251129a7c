using System.Runtime.CompilerServices;

namespace Cinnabar.Architecture.Tests;

/// <summary>The source tree these tests read.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Files of the tree that a person wrote, as paths relative to its root.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !path.Split('/').Any(part => part is "node_modules" or "artifacts" or "wwwroot" or "dist" or "bin" or "obj" or ".git" or ".run"));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (!File.Exists(Path.Combine(folder.FullName, "Cinnabar.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Cinnabar.slnx is above none of the sources.");
        }

        return folder.FullName;
    }
}
