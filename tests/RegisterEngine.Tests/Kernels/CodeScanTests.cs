using RegisterEngine.Kernels;

namespace RegisterEngine.Tests.Kernels;

public sealed class CodeScanTests
{
    [Fact]
    public void TheVectorFindsWhatItsTwinFinds()
    {
        var random = new Random(1);
        for (int length = 0; length <= 256; length++)
            for (int trial = 0; trial < 3; trial++)
            {
                int[] codes = [.. Enumerable.Range(0, length).Select(_ => random.Next(100))];
                if (length > 0 && trial > 0)
                    codes[random.Next(length)] = trial == 1 ? 100 : int.MinValue;
                Assert.Equal(CodeScan.IndexOfOutsideScalar(codes, 100), CodeScan.IndexOfOutside(codes, 100));
            }
    }
}
