namespace PresignKit;

/// <summary>Waits for tasks that application code returns. Such a task might ignore its cancellation token or fail after the wait has ended.</summary>
internal static class PendingTasks
{
    /// <summary>Waits for a task to complete or for the token to be canceled, whichever comes first.</summary>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public static async ValueTask<T> WaitAsync<T>(ValueTask<T> pending, CancellationToken cancellationToken)
    {
        if (pending.IsCompleted || !cancellationToken.CanBeCanceled)
        {
            return await pending.ConfigureAwait(false);
        }

        Task<T> task = pending.AsTask();
        Abandon(task);
        return await task.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Observes the exception, if any, from a task that may never be awaited.</summary>
    /// <remarks>Otherwise, the runtime would report the exception as unobserved.</remarks>
    public static void Abandon(Task task) =>
        _ = task.ContinueWith(static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
