// SPDX-License-Identifier: GPL-2.0
/*
 * PID 1 of the test machine: loads test_hmm, runs /hmm-tests with the arguments
 * that the kernel command line has after "--", its output on the second serial
 * port, unloads test_hmm, which waits for every page of its devices to be free,
 * then says how the run ended, and ends QEMU through its debug exit port (a
 * reboot of two emulated CPUs may hang). With the one argument "benchmark" it
 * runs /hmm-benchmark instead, with "shell" busybox on the console.
 *
 * The last lines on that port are what vm/verdict asks for:
 *	# exit status S		wait status of what it has run, 0 or not
 *	# taint T		/proc/sys/kernel/tainted after the run
 *	# end
 * and the last line on the console
 *	init: end of the console
 * If anything here fails one of them is missing, and that is no pass.
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <sys/io.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>

#define RESULT_PORT	makedev(4, 65)		/* ttyS1 */
#define EXIT_PORT	0xf4			/* QEMU's isa-debug-exit */
#define DMIRROR_NODES	4

static void mount_on(const char *type, const char *dir)
{
	mkdir(dir, 0755);
	if (mount(type, dir, type, 0, NULL))
		err(1, "mount %s", dir);
}

static void write_to(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0 || close(fd))
		err(1, "%s", path);
}

/* With the parameters that the kernel command line has for it. */
static void load_test_hmm(void)
{
	char line[2048], params[256] = "", *word;
	FILE *cmdline = fopen("/proc/cmdline", "r");
	int fd = open("/test_hmm.ko", O_RDONLY | O_CLOEXEC);

	if (!cmdline || !fgets(line, sizeof(line), cmdline))
		err(1, "/proc/cmdline");
	for (word = strtok(line, " \n"); word; word = strtok(NULL, " \n")) {
		if (strncmp(word, "test_hmm.", 9))
			continue;
		strcat(params, word + 9);
		strcat(params, " ");
	}
	fclose(cmdline);
	if (fd < 0 || syscall(SYS_finit_module, fd, params, 0))
		err(1, "/test_hmm.ko");
	close(fd);
}

/* The driver of old kernels registers a character device and no node. */
static void make_dmirror_nodes(void)
{
	char line[80], name[64], path[64];
	unsigned int major, minor;
	FILE *devices = fopen("/proc/devices", "r");

	if (!devices)
		err(1, "/proc/devices");
	while (fgets(line, sizeof(line), devices)) {
		if (sscanf(line, "%u %63s", &major, name) != 2 ||
		    strcmp(name, "HMM_DMIRROR"))
			continue;
		for (minor = 0; minor < DMIRROR_NODES; minor++) {
			snprintf(path, sizeof(path), "/dev/hmm_dmirror%u", minor);
			if (mknod(path, S_IFCHR | 0600, makedev(major, minor)))
				err(1, "mknod %s", path);
		}
		fclose(devices);
		return;
	}
	errx(1, "no HMM_DMIRROR in /proc/devices: test_hmm did not start");
}

static void open_result_port(void)
{
	struct termios raw;
	int fd;

	if (mknod("/dev/ttyS1", S_IFCHR | 0600, RESULT_PORT))
		err(1, "mknod /dev/ttyS1");
	fd = open("/dev/ttyS1", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || tcgetattr(fd, &raw))
		err(1, "/dev/ttyS1");
	cfmakeraw(&raw);
	if (tcsetattr(fd, TCSANOW, &raw))
		err(1, "/dev/ttyS1");
	if (dup2(fd, STDOUT_FILENO) < 0 || dup2(fd, STDERR_FILENO) < 0)
		err(1, "dup2");
}

/*
 * Where the kernel has kmemleak, what nothing points to goes to the console. It
 * tells of what is older than five seconds and has not changed since an earlier
 * scan. Some of what is left it finds only with the next scan. It may miss the last
 * few objects of a size, which the arrays of the slab allocator still point to.
 */
static void report_leaks(void)
{
	int fd = open("/sys/kernel/debug/kmemleak", O_RDWR | O_CLOEXEC);
	int console = open("/dev/console", O_WRONLY | O_CLOEXEC);
	char text[4096];
	ssize_t size;
	int scans;

	if (fd < 0)
		return;
	sleep(6);
	for (scans = 0; scans < 5; scans++)
		if (write(fd, "scan", 4) != 4)
			err(1, "kmemleak");
	while ((size = read(fd, text, sizeof(text))) > 0)
		if (write(console, text, size) != size)
			err(1, "/dev/console");
	tcdrain(console);
	close(console);
	close(fd);
}

static void report_taint(void)
{
	char taint[32];
	FILE *file = fopen("/proc/sys/kernel/tainted", "r");

	if (!file || !fgets(taint, sizeof(taint), file))
		err(1, "/proc/sys/kernel/tainted");
	printf("# taint %s", taint);
	fclose(file);
}

/*
 * A thread of the kernel may print what was logged, at some time. A console that
 * is given up prints it first.
 */
static void end_console(void)
{
	write_to("/dev/kmsg", "<5>init: end of the console\n");
	write_to("/sys/class/tty/ttyS0/console", "N");
}

int main(int argc, char **argv)
{
	pid_t pid;
	int status;

	mount_on("proc", "/proc");
	mount_on("sysfs", "/sys");
	mount_on("debugfs", "/sys/kernel/debug");
	mount_on("tmpfs", "/tmp");
	mount_on("hugetlbfs", "/huge");
	load_test_hmm();
	make_dmirror_nodes();
	if (argc == 2 && !strcmp(argv[1], "shell")) {
		execl("/bin/busybox", "sh", NULL);
		err(1, "/bin/busybox");
	}
	open_result_port();

	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		argv[0] = "/hmm-tests";
		if (argc == 2 && !strcmp(argv[1], "benchmark")) {
			argv[0] = "/hmm-benchmark";
			argv[1] = NULL;
		}
		execv(argv[0], argv);
		err(127, "%s", argv[0]);
	}
	/* Orphans of killed tests are reaped on the way. */
	while (wait(&status) != pid)
		;
	printf("# exit status %d\n", status);
	fflush(stdout);
	if (syscall(SYS_delete_module, "test_hmm", 0))
		err(1, "test_hmm cannot be unloaded");
	report_leaks();
	report_taint();
	end_console();
	printf("# end\n");
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
	if (ioperm(EXIT_PORT, 1, 1))
		err(1, "ioperm");
	outb(0, EXIT_PORT);
	errx(1, "QEMU did not end");
}
