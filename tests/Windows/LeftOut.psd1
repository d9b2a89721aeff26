# The unit tests that cannot pass under Wine, and why: each reason names what Wine, or the machine around it, lacks. A test that
# fails counts as skipped if it and its message match a row; a row none of whose tests fails is a failure, so the table cannot
# grow old.
@{
    Rows = @(
        @{
            Reason  = 'Wine makes no keys that last: its key store answers NTE_NOT_SUPPORTED'
            Tests   = 'Compose.Tests.Engine.Transport.TlsEndpointTests.*', 'Compose.Tests.Engine.Transport.PrivateKeyTests.*'
            Message = '0x80090029'
        }
        @{
            Reason  = 'Wine 10 has no Unix sockets (AF_UNIX), on which such a stream is'
            Tests   = @('Compose.Tests.Engine.Transport.GatheringStreamTests.*')
            Message = '0x273f'
        }
        @{
            Reason  = 'Wine 10 makes no symbolic links: creating one reports success and leaves none'
            Tests   = @(
                'Compose.Tests.Execute.Copy.ArchiveExtractorTests.A_link_of_this_machine*'
                'Compose.Tests.Execute.Copy.ArchiveExtractorTests.Links_modes_times*'
                'Compose.Tests.Execute.Copy.ArchiveExtractorTests.Nothing_leaves_the_destination*link*'
                'Compose.Tests.Execute.Watch.FileChangesTests.Links_are_not_followed'
                'Compose.Tests.Files.PathTests.What_is_watched_is_told_of_by_its_real_name'
                'Compose.Tests.Images.Build.BuildTests.A_context_is_sent_without*'
            )
            Message = '.'
        }
        @{
            Reason  = 'there is no Docker Desktop under Wine: the engine behind the pipe is Linux''s own, which knows no path of a drive'
            Tests   = @(
                'Compose.Tests.Execute.Running.SecretTests.A_read_only_container_gets_its_files_bound'
                'Compose.Tests.Execute.Running.SecretTests.Every_source_is_there_with_its_owner_and_mode'
                'Compose.Tests.Execute.ConvergeTests.Secrets_and_configs_are_readable*'
            )
            Message = 'mount path must be abso|CreateContainer service:reader:1'
        }
        @{
            Reason  = 'Wine has neither git, mkfifo nor a dotnet program to start'
            Tests   = @(
                'Compose.Tests.Execute.Running.KillTests.*'
                'Compose.Tests.Images.Build.BuildTests.A_pipe_in_the_context*'
                'Compose.Tests.Images.Build.BuildTests.A_context_in_a_git_repository*'
                'Compose.Tests.Images.Build.BuildTests.Pipes_second_names*'
            )
            Message = 'trying to start process|Object reference not set'
        }
        @{
            Reason  = 'Wine''s network here is one of its own, where the engine reaches no server of a test'
            Tests   = @(
                'Compose.Tests.Images.Build.BuildTests.A_context_behind_an_address*'
                'Compose.Tests.Images.Registry.ContextNameTests.A_name_that_is_no_context_is_asked_for*'
            )
            Message = 'error downloading|Values differ'
        }
    )
}
