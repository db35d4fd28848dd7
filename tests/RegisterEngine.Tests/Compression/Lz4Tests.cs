using System.Buffers.Binary;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Tests.Compression;

public sealed class Lz4Tests
{
    private static readonly Lz4Codec Blocks = new(CompressionKind.Lz4Block);
    private static readonly Lz4Codec Frames = new(CompressionKind.Lz4Frame);
    private static readonly Lz4Codec Hadoop = new(CompressionKind.Lz4Hadoop);

    [Fact]
    public void SequencesGiveWhatTheyDescribe()
    {
        var random = new Random(3);
        for (int trial = 0; trial < 2000; trial++)
        {
            (byte[] block, byte[] meant) = RandomBlock(random, [], 1 << random.Next(12));
            byte[] back = new byte[meant.Length];
            Blocks.Decompress(block, back);
            Assert.Equal(meant, back);
        }
    }

    [Fact]
    public void CutAndChangedBlocksNeverWriteBeyondTheTarget()
    {
        var random = new Random(4);
        byte[] guarded = new byte[10_000];
        for (int trial = 0; trial < 5000; trial++)
        {
            (byte[] block, byte[] meant) = RandomBlock(random, [], 1 + random.Next(600));
            if (trial % 2 == 0)
                block = block[..random.Next(block.Length)];
            else
                block[random.Next(block.Length)] ^= (byte)(1 << random.Next(8));
            guarded.AsSpan().Fill(0xA5);
            _ = Lz4Block.Decompress(block, guarded.AsSpan(0, meant.Length), 0);
            Assert.False(guarded.AsSpan(meant.Length).ContainsAnyExcept((byte)0xA5));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FramesOfSeveralBlocksComeBack(bool isLinked)
    {
        (byte[] frame, byte[] meant) = RandomFrame(new Random(5), isLinked);
        byte[] back = new byte[meant.Length];
        Frames.Decompress(frame, back);
        Assert.Equal(meant, back);
        Hadoop.Decompress(frame, back);
        Assert.Equal(meant, back);
        byte[] two = [.. frame, 0x53, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 9, 9, .. frame];
        back = new byte[2 * meant.Length];
        Frames.Decompress(two, back);
        Assert.Equal([.. meant, .. meant], back);
    }

    [Fact]
    public void EveryChangedBitOfAFrameIsNoticed()
    {
        (byte[] frame, byte[] meant) = RandomFrame(new Random(6), isLinked: true);
        for (int bit = 0; bit < 8 * frame.Length; bit++)
        {
            byte[] changed = [.. frame];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<MalformedException>(() => Frames.Decompress(changed, new byte[meant.Length]));
        }
    }

    [Fact]
    public void CutFramesAreRefused()
    {
        (byte[] frame, byte[] meant) = RandomFrame(new Random(7), isLinked: true);
        for (int length = 0; length < frame.Length; length++)
            Assert.Throws<MalformedException>(() => Frames.Decompress(frame.AsMemory(0, length), new byte[meant.Length]));
    }

    [Fact]
    public void HadoopBlocksComeBack()
    {
        var random = new Random(8);
        var bytes = new List<byte>();
        var meant = new List<byte>();
        for (int i = 0; i < 3; i++)
        {
            (byte[] block, byte[] part) = RandomBlock(random, [], 500);
            byte[] lengths = new byte[8];
            BinaryPrimitives.WriteInt32BigEndian(lengths, part.Length);
            BinaryPrimitives.WriteInt32BigEndian(lengths.AsSpan(4), block.Length);
            bytes.AddRange([.. lengths, .. block]);
            meant.AddRange(part);
        }
        byte[] back = new byte[meant.Count];
        Hadoop.Decompress(bytes.ToArray(), back);
        Assert.Equal(meant, back);
    }

    // Hadoop cuts what is larger than its buffer into parts, which share the length of what they stand for.
    [Fact]
    public void HadoopBlocksOfSeveralPartsComeBack()
    {
        var random = new Random(9);
        var bytes = new List<byte>();
        var meant = new List<byte>();
        for (int i = 0; i < 3; i++)
        {
            (byte[] Block, byte[] Meant)[] parts = [.. Enumerable.Range(0, i + 1).Select(_ => RandomBlock(random, [], 500))];
            bytes.AddRange(BigEndian(parts.Sum(part => part.Meant.Length)));
            foreach ((byte[] block, byte[] part) in parts)
            {
                bytes.AddRange([.. BigEndian(block.Length), .. block]);
                meant.AddRange(part);
            }
        }
        byte[] back = new byte[meant.Count];
        Hadoop.Decompress(bytes.ToArray(), back);
        Assert.Equal(meant, back);
        for (int length = 0; length < bytes.Count; length++)
            Assert.Throws<MalformedException>(() => Hadoop.Decompress(bytes.Take(length).ToArray(), back));

        static byte[] BigEndian(int number)
        {
            byte[] target = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(target, number);
            return target;
        }
    }

    // A block with random sequences, and the bytes that the format says they mean.
    private static (byte[] Block, byte[] Meant) RandomBlock(Random random, byte[] before, int size)
    {
        var block = new List<byte>();
        var meant = new List<byte>(before);
        do
        {
            int literals = random.Next(3) == 0 ? random.Next(400) : random.Next(20);
            int match = random.Next(3) == 0 ? random.Next(4, 600) : random.Next(4, 24);
            byte[] bytes = new byte[literals];
            random.NextBytes(bytes);
            meant.AddRange(bytes);
            bool isLast = meant.Count - before.Length >= size || meant.Count == 0;
            block.Add((byte)((Math.Min(literals, 15) << 4) | (isLast ? 0 : Math.Min(match - 4, 15))));
            AddLength(block, literals);
            block.AddRange(bytes);
            if (isLast)
                break;
            int offset = random.Next(1, Math.Min(meant.Count, random.Next(2) == 0 ? 20 : 65535) + 1);
            block.AddRange([(byte)offset, (byte)(offset >> 8)]);
            AddLength(block, match - 4);
            for (int i = 0; i < match; i++)
                meant.Add(meant[^offset]);
        }
        while (true);
        return ([.. block], [.. meant.Skip(before.Length)]);
    }

    private static (byte[] Frame, byte[] Meant) RandomFrame(Random random, bool isLinked)
    {
        byte[] meant = [];
        var blocks = new List<byte>();
        for (int i = 0; i < 4; i++)
        {
            (byte[] block, byte[] part) = i == 2 ? ("stored as it is"u8.ToArray(), "stored as it is"u8.ToArray()) : RandomBlock(random, isLinked ? meant : [], 50);
            blocks.AddRange([.. BitConverter.GetBytes((uint)block.Length | (i == 2 ? 0x8000_0000 : 0)), .. block, .. BitConverter.GetBytes(XxHash32.Hash(block))]);
            meant = [.. meant, .. part];
        }
        byte[] header = [(byte)(0x40 | (isLinked ? 0 : 0x20) | 0x10 | 0x08 | 0x04), 0x40, .. BitConverter.GetBytes((ulong)meant.Length)];
        return (
            [
                0x04, 0x22, 0x4D, 0x18, .. header, (byte)(XxHash32.Hash(header) >> 8), .. blocks, 0, 0, 0, 0, .. BitConverter.GetBytes(XxHash32.Hash(meant)),
            ], meant);
    }

    private static void AddLength(List<byte> block, int length)
    {
        if (length < 15)
            return;
        for (length -= 15; length >= 255; length -= 255)
            block.Add(255);
        block.Add((byte)length);
    }
}
