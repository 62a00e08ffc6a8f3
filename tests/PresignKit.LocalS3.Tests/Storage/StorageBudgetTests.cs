using PresignKit.LocalS3.Storage;

namespace PresignKit.LocalS3.Tests.Storage;

public class StorageBudgetTests
{
    [Fact]
    public void ReserveMemory_BeyondTheCap_ThrowsAndReservesNothing()
    {
        StorageBudget budget = new(100, 0);
        budget.ReserveMemory(60);

        Action reserve = () => budget.ReserveMemory(41);

        reserve.Should().Throw<StorageFullException>().WithMessage("*100 bytes*LocalS3Options.MaxMemoryBytes*");
        budget.Memory.Should().Be(60);
    }

    [Fact]
    public void ReserveDisk_BeyondTheCap_ThrowsAndReservesNothing()
    {
        StorageBudget budget = new(0, 100);
        budget.ReserveDisk(60);

        Action reserve = () => budget.ReserveDisk(41);

        reserve.Should().Throw<StorageFullException>().WithMessage("*100 bytes*LocalS3Options.MaxDiskBytes*");
        budget.Disk.Should().Be(60);
    }

    [Fact]
    public void Reserve_ExactlyTheCap_Succeeds()
    {
        StorageBudget budget = new(100, long.MaxValue);

        budget.ReserveMemory(100);
        budget.ReserveDisk(long.MaxValue);

        budget.Memory.Should().Be(100);
        budget.Disk.Should().Be(long.MaxValue);
    }

    [Fact]
    public async Task ReserveMemory_TwoThreads_NeverExceedsTheCap()
    {
        StorageBudget budget = new(10, 0);
        int held = 0;
        int maximum = 0;
        int failures = 0;

        void Run()
        {
            for (int i = 0; i < 20_000; i++)
            {
                try
                {
                    budget.ReserveMemory(6);
                }
                catch (StorageFullException)
                {
                    Interlocked.Increment(ref failures);
                    continue;
                }

                int now = Interlocked.Add(ref held, 6);
                maximum = Math.Max(maximum, now);
                Interlocked.Add(ref held, -6);
                budget.ReleaseMemory(6);
                if (i > 100 && Volatile.Read(ref failures) > 100)
                {
                    return;
                }
            }
        }

        await Task.WhenAll(Task.Run(Run), Task.Run(Run));

        maximum.Should().Be(6);
        budget.Memory.Should().Be(0);
    }
}
