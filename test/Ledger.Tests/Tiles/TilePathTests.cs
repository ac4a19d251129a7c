using Cinnabar.Ledger.Tiles;

namespace Cinnabar.Ledger.Tests.Tiles;

public sealed class TilePathTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(1, 999, 17, "tile/1/999.p/17")]
    [InlineData(2, 1000, 1, "tile/2/x001/000.p/1")]
    [InlineData(63, 5, 255, "tile/63/005.p/255")]
    public void Tile_of_hashes_has_the_path_of_the_specification(int level, long index, int width, string text)
    {
        Assert.Equal(text, TilePath.Hashes(level, index, width).ToString());
        Assert.True(TilePath.TryParse(text, out var parsed));
        Assert.Equal(TilePath.Hashes(level, index, width), parsed);
    }

    [Fact]
    public void Bundle_and_checkpoint_have_their_paths()
    {
        Assert.Equal("tile/entries/x273/000.p/112", TilePath.Entries(273_000, 112).ToString());
        Assert.True(TilePath.TryParse("tile/entries/x273/000.p/112", out var entries));
        Assert.Equal(TilePath.Entries(273_000, 112), entries);
        Assert.True(TilePath.TryParse("checkpoint", out var checkpoint));
        Assert.Equal(TilePath.Checkpoint, checkpoint);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/checkpoint")]
    [InlineData("tile")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/00/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/001/001")]
    [InlineData("tile/0/x001/x001")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/+1")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/../../head")]
    [InlineData("tile/entries/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tile/0/ 00")]
    public void Any_other_path_is_refused(string? text) => Assert.False(TilePath.TryParse(text, out _));

    /// <summary>The worked example of the specification: a tree of 70,000.</summary>
    [Fact]
    public void Tree_of_seventy_thousand_has_the_tiles_of_the_specification()
    {
        var paths = TileExport.PathsOf(70_000).Where(path => path.Kind == TileKind.Hashes).ToArray();

        Assert.Equal(274 + 2 + 1, paths.Length);
        Assert.Equal(TilePath.Hashes(0, 273, 112), paths[273]);
        Assert.Equal([TilePath.Hashes(1, 0), TilePath.Hashes(1, 1, 17), TilePath.Hashes(2, 0, 1)], paths[274..]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(255, 1)]
    [InlineData(256, 2)]
    [InlineData(65_536, 3)]
    [InlineData(1L << 62, 8)]
    public void Number_of_levels_follows_from_the_size(long size, int levels) => Assert.Equal(levels, TlogTiles.LevelCount(size));
}
