using RegisterEngine.Kernels;
using RegisterEngine.Publication.Releases;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Publication;

public sealed class ReleaseFolderTests
{
    [Fact]
    public void ReleaseAppearsWholeWhenItIsCommittedAndNotBefore()
    {
        using var place = new TemporaryFolder();
        string path = Path.Combine(place.Path, "new", "release");
        using (var folder = new ReleaseFolder(path, replace: false))
        {
            Write(folder, "a");
            Assert.False(Directory.Exists(path));
            folder.Commit();
        }

        Assert.Equal(["a"], Contents(path));
        Assert.Equal(["release"], Names(Path.Combine(place.Path, "new")));
    }

    [Fact]
    public void FailureInTheMiddleLeavesTheOldReleaseAndNothingElse()
    {
        using var place = new TemporaryFolder();
        string path = OldRelease(place);
        using (var folder = new ReleaseFolder(path, replace: true))
            Write(folder, "half");

        Assert.Equal(["old"], Contents(path));
        Assert.Equal(["release"], Names(place.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FailureToRenameBringsTheOldReleaseBack(bool atOnce)
    {
        using var place = new TemporaryFolder();
        string path = OldRelease(place);
        using (ReleaseFolder folder = Replacing(path, atOnce))
        {
            Directory.Delete(folder.Beside);
            Assert.ThrowsAny<IOException>(folder.Commit);
        }

        Assert.Equal(["old"], Contents(path));
        Assert.Equal(["release"], Names(place.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NewReleaseTakesThePlaceOfTheOldOneAsAWhole(bool atOnce)
    {
        using var place = new TemporaryFolder();
        string path = OldRelease(place);
        File.WriteAllText(Path.Combine(path, "only-in-the-old-one"), "");
        using (ReleaseFolder folder = Replacing(path + "/", atOnce))
        {
            Write(folder, "new");
            folder.Commit();
        }

        Assert.Equal(["new"], Contents(path));
        Assert.Equal([Manifest.FileName], Names(path));
        Assert.Equal(["release"], Names(place.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FolderThatIsInItsPlaceBeforeTheEndGoesAndTheOldOneComesBackWhereTheRunFails(bool atOnce)
    {
        using var place = new TemporaryFolder();
        string path = OldRelease(place);
        using (ReleaseFolder folder = Replacing(path, atOnce))
        {
            Write(folder, "new");
            folder.Appear();
            Assert.Equal(["new"], Contents(path));
        }
        Assert.Equal(["old"], Contents(path));
        Assert.Equal(["release"], Names(place.Path));

        using (ReleaseFolder folder = Replacing(path, atOnce))
        {
            Write(folder, "new");
            folder.Appear();
            folder.Commit();
        }
        Assert.Equal(["new"], Contents(path));
        Assert.Equal(["release"], Names(place.Path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FoldersThatWereMadeForAReleaseGoWithItAndOthersStay(bool appears)
    {
        using var place = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(place.Path, "was"));
        using (var folder = new ReleaseFolder(Path.Combine(place.Path, "was", "made", "too", "release"), replace: false))
        {
            Write(folder, "half");
            if (appears)
                folder.Appear();
        }

        Assert.Equal(["was"], Names(place.Path));
        Assert.Empty(Names(Path.Combine(place.Path, "was")));
    }

    [Fact]
    public async Task ReaderNeverFindsThePlaceEmptyWhileReleasesFollowEachOther()
    {
        using var place = new TemporaryFolder();
        string path = OldRelease(place);
        if (!CanExchange(place))
            return;
        using var stop = new CancellationTokenSource();
        using var looking = new ManualResetEventSlim();
        // A thread of its own: where all others are busy, the releases would be over before the first look.
        Task<int> reader = Task.Factory.StartNew(
            () =>
            {
                int missing = 0;
                while (!stop.IsCancellationRequested)
                {
                    missing += Directory.Exists(path) ? 0 : 1;
                    looking.Set();
                }
                return missing;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        looking.Wait();
        for (int release = 0; release < 500; release++)
            using (var folder = new ReleaseFolder(path, replace: true))
            {
                Write(folder, $"{release}");
                folder.Commit();
            }
        await stop.CancelAsync();

        Assert.Equal(0, await reader);
        Assert.Equal(["499"], Contents(path));
        Assert.Equal(["release"], Names(place.Path));
    }

    [Fact]
    public void OldReleaseIsReplacedOnlyWhenTheUserSaysSo()
    {
        using var place = new TemporaryFolder();
        string path = OldRelease(place);

        Assert.Contains("--force", Assert.Throws<OutputExistsException>(() => new ReleaseFolder(path, replace: false)).Message, StringComparison.Ordinal);
        Assert.Equal(["release"], Names(place.Path));
    }

    [Fact]
    public void WhatIsNoReleaseIsNeverReplaced()
    {
        using var place = new TemporaryFolder();
        string file = place.Write("file", "precious");
        string folder = Path.Combine(place.Path, "folder");
        Directory.CreateDirectory(folder);
        place.Write(Path.Combine("folder", "thesis.docx"), "precious");

        foreach (string path in (string[])[file, folder, place.Path])
            Assert.Throws<OutputExistsException>(() => new ReleaseFolder(path, replace: true));
        Assert.Equal(["file", "folder"], Names(place.Path));
    }

    [Fact]
    public void EmptyFolderIsFilled()
    {
        using var place = new TemporaryFolder();
        string path = Path.Combine(place.Path, "release");
        Directory.CreateDirectory(path);
        using (var folder = new ReleaseFolder(path, replace: false))
        {
            Write(folder, "a");
            folder.Commit();
        }

        Assert.Equal(["a"], Contents(path));
    }

    private static ReleaseFolder Replacing(string path, bool atOnce) =>
        atOnce ? new ReleaseFolder(path, replace: true) : new ReleaseFolder(path, replace: true) { TryExchange = (_, _) => false };

    // Linux only, and not all of its file systems.
    private static bool CanExchange(TemporaryFolder place)
    {
        (string one, string other) = (place.Write("one", ""), place.Write("other", ""));
        bool can = PathExchange.TryExchange(one, other);
        File.Delete(one);
        File.Delete(other);
        return can;
    }

    private static string OldRelease(TemporaryFolder place)
    {
        string path = Path.Combine(place.Path, "release");
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, Manifest.FileName), "old");
        return path;
    }

    private static void Write(ReleaseFolder folder, string text) => File.WriteAllText(Path.Combine(folder.Beside, Manifest.FileName), text);

    private static List<string> Names(string folder) => [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static List<string> Contents(string release) => [File.ReadAllText(Path.Combine(release, Manifest.FileName))];
}
