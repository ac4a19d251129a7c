namespace Cinnabar.Seal.Camera;

/// <summary>What stands at a path, as far as the camera cares.</summary>
internal enum FileKind
{
    Missing,
    Regular,
    Pipe,
    CharacterDevice,
    Other,
}
